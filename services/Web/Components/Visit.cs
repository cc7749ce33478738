using System.Globalization;
using System.Security.Cryptography;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Kiosk;
using Microsoft.Extensions.Options;

namespace Matchmaking.Web.Components;

/// <summary>What every page needs to know of its request: who, in which language, at which fair, on a kiosk or not.</summary>
internal sealed class Visit(Cookies cookies, FairBoard board, ProfileClient profile, StaffCalls calls, IOptions<WebOptions> options, TimeProvider time)
{
    private static readonly TimeZoneInfo Leipzig = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public string Language { get; private set; } = "de";
    public string Direction => Tongues.Direction(Language);
    public bool Rtl => Direction == "rtl";
    public bool Kiosk { get; set; }

    /// <summary>Which kiosk, where it is one.</summary>
    public KioskSeat? Seat { get; private set; }

    /// <summary>Staff were called to this kiosk.</summary>
    public StaffCall? Called { get; private set; }

    /// <summary>They could not be.</summary>
    public bool CallFailed { get; set; }

    /// <summary>Somebody has chosen a language here; at a kiosk: somebody has begun.</summary>
    public bool Asked { get; private set; }
    public FairView? Fair { get; private set; }
    public VisitorPass? Visitor { get; private set; }
    public StaffPass? Staff { get; private set; }
    public string Path { get; private set; } = "/";
    public string Origin { get; private set; } = "";

    /// <summary>The mark of this page's scripts, another for each answer.</summary>
    public string Nonce { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public TimeZoneInfo Zone { get; private set; } = Leipzig;
    public int KioskIdleSeconds => options.Value.KioskIdleSeconds;
    public DateTimeOffset Now => time.GetUtcNow();

    public async Task Enter(HttpContext context)
    {
        var request = context.Request;
        Language = CultureInfo.CurrentUICulture.Name;
        if (Language == request.Query["lang"]) Cookies.KeepLanguage(context, Language);
        Seat = Cookies.Seat(context);
        Kiosk = Seat is not null;
        Asked = context.Request.Cookies.ContainsKey(Cookies.Language);
        if (Seat is not null) Called = await calls.Of(Seat);
        Visitor = cookies.ReadVisitor(context);
        Staff = await StaffOf(context);
        Path = request.Path + request.QueryString;
        Origin = options.Value.PublicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
        Fair = await board.Current(context.RequestAborted);
        if (Fair is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Fair.Zone, out var zone)) Zone = zone;
    }

    /// <summary>
    /// Who is signed in, with a token that is good for a while: it is renewed here, by the way, until the session ends. While Profile does not answer,
    /// a token that is still good serves; nobody is signed out by an outage.
    /// </summary>
    private async Task<StaffPass?> StaffOf(HttpContext context)
    {
        if (cookies.ReadStaff(context) is not { } staff) return null;
        var good = staff.ExpiresAt > Now ? staff : null;
        if (!staff.WantsRenewal(Now)) return good;
        try
        {
            var reply = await profile.Renew(staff.Renewal!, context.RequestAborted);
            if (reply.Value is { } token)
            {
                var renewed = staff.Renewed(token);
                cookies.KeepStaff(context, renewed);
                return renewed;
            }
            if (reply.Problem?.Status != StatusCodes.Status401Unauthorized) return good;
            context.Response.Cookies.Delete(Cookies.Staff);
            return null;
        }
        catch (HttpRequestException) when (good is not null) { return good; }
    }

    /// <summary>A new person at a kiosk: nobody's language, nobody's things.</summary>
    public void Restart()
    {
        Kiosk = true;
        Visitor = null;
        Staff = null;
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
