using System.Security.Cryptography;
using System.Text.Json;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Kiosk;
using Microsoft.AspNetCore.DataProtection;

namespace Matchmaking.Web.Components;

/// <summary>All that a browser keeps for us. On a kiosk nothing outlives the session, and the way back to the start wipes it.</summary>
internal sealed class Cookies(IDataProtectionProvider protection)
{
    public const string Language = "mm.lang", Kiosk = "mm.kiosk", Draft = "mm.draft", Visitor = "mm.visitor", Staff = "mm.staff", Form = "mm.form", Handoff = "mm.handoff", Sought = "mm.sought";

    private static readonly string[] Personal = [Language, Draft, Visitor, Staff, Form, Handoff, Sought];

    private readonly IDataProtector draftSeal = protection.CreateProtector("draft");
    private readonly IDataProtector staffSeal = protection.CreateProtector("staff");

    public VisitorPass? ReadVisitor(HttpContext context) =>
        context.Request.Cookies[Visitor]?.Split('.', 2) is [var id, { Length: > 0 and < 200 } token] && Guid.TryParse(id, out var visitor)
            ? new(visitor, token) : null;

    public void KeepVisitor(HttpContext context, VisitorPass pass) =>
        Write(context, Visitor, $"{pass.Id:N}.{pass.Token}", IsKiosk(context) ? null : TimeSpan.FromDays(30));

    public StaffPass? ReadStaff(HttpContext context) => Open<StaffPass>(context, Staff, staffSeal);

    public void KeepStaff(HttpContext context, StaffPass pass) => Write(context, Staff, Seal(staffSeal, pass), null);

    public T? ReadDraft<T>(HttpContext context) where T : class => Open<T>(context, Draft, draftSeal);

    public void KeepDraft<T>(HttpContext context, T draft) => Write(context, Draft, Seal(draftSeal, draft), null);

    public static void DropDraft(HttpContext context) => context.Response.Cookies.Delete(Draft);

    public static void KeepLanguage(HttpContext context, string language) =>
        Write(context, Language, language, IsKiosk(context) ? null : TimeSpan.FromDays(180));

    /// <summary>The code that this kiosk shows for a phone, or showed last.</summary>
    public HandoffCode? ReadHandoff(HttpContext context) => Open<HandoffCode>(context, Handoff, draftSeal);

    public void KeepHandoff(HttpContext context, HandoffCode code) => Write(context, Handoff, Seal(draftSeal, code), null);

    /// <summary>What was searched for last, at a kiosk.</summary>
    public string? ReadSought(HttpContext context) => Open<string>(context, Sought, draftSeal);

    public void KeepSought(HttpContext context, string typed) => Write(context, Sought, Seal(draftSeal, typed), null);

    public static bool IsKiosk(HttpContext context) => Seat(context) is not null;

    /// <summary>Which kiosk this browser is; null: none.</summary>
    public static KioskSeat? Seat(HttpContext context) => KioskSeat.Read(context.Request.Cookies[Kiosk]);

    public static void StartKiosk(HttpContext context, KioskSeat seat) => Write(context, Kiosk, seat.Written, TimeSpan.FromDays(2));

    public static void StopKiosk(HttpContext context) => context.Response.Cookies.Delete(Kiosk);

    /// <summary>Forgets the person, not the kiosk; and that a form was written for them, so that going back cannot send it again.</summary>
    public static void Wipe(HttpContext context)
    {
        foreach (var name in Personal) context.Response.Cookies.Delete(name);
        // Copies of pages in memory and on disk, and all that a script may ever store. Not "cookies": that would take the kiosk's own along.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    }

    /// <summary>Somebody was here since the last wipe.</summary>
    public static bool Used(HttpContext context) => Array.Exists(Personal, context.Request.Cookies.ContainsKey);

    private static void Write(HttpContext context, string name, string value, TimeSpan? age) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = age,
            IsEssential = true,
        });

    private static string Seal<T>(IDataProtector seal, T value) => seal.Protect(JsonSerializer.Serialize(value));

    private static T? Open<T>(HttpContext context, string name, IDataProtector seal) where T : class
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } text) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(seal.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null; // Of another key ring or an older version: as if it were not there.
        }
    }
}
