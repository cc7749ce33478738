using Matchmaking.Contracts.Texts;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Matchmaking.Web.Components;

/// <summary>Languages by code: native names (never flags), and which of them have texts.</summary>
internal static class Tongues
{
    private static readonly PathString[] Staff = ["/exhibitor", "/analyst", "/organiser", "/answer", "/sign-in"];

    /// <summary>Languages in which the pages of this path are there.</summary>
    public static IReadOnlyList<string> On(PathString path) => Array.Exists(Staff, staff => path.StartsWithSegments(staff)) ? Words.StaffLanguages : Words.Languages;

    public static readonly IReadOnlyDictionary<string, string> Native = new Dictionary<string, string>
    {
        ["de"] = "Deutsch",
        ["en"] = "English",
        ["uk"] = "Українська",
        ["ar"] = "العربية",
        ["ru"] = "Русский",
        ["fa"] = "فارسی",
        ["prs"] = "دری",
        ["tr"] = "Türkçe",
        ["fr"] = "Français",
        ["es"] = "Español",
        ["vi"] = "Tiếng Việt",
        ["pl"] = "Polski",
        ["ro"] = "Română",
        ["ti"] = "ትግርኛ",
        ["kmr"] = "Kurmancî",
        ["ckb"] = "سۆرانی",
        ["hu"] = "Magyar",
        ["zh"] = "中文",
        ["pt"] = "Português",
        ["it"] = "Italiano",
        ["sq"] = "Shqip",
        ["sr"] = "Српски",
        ["bg"] = "Български",
        ["el"] = "Ελληνικά",
        ["so"] = "Soomaali",
        ["am"] = "አማርኛ",
        ["ps"] = "پښتو",
        ["ur"] = "اردو",
        ["hi"] = "हिन्दी",
    };

    public static string Direction(string language) => Words.IsRightToLeft(language) ? "rtl" : "ltr";

    public static readonly RequestLocalizationOptions Localization = Options();

    private static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions().AddSupportedCultures([.. Words.Languages]).AddSupportedUICultures([.. Words.Languages]);
        options.SetDefaultCulture("de");
        options.RequestCultureProviders =
        [
            // A kiosk's start is nobody's yet: German, whatever its browser or the one before preferred.
            new CustomRequestCultureProvider(c => Chosen(c, c.Request.Path == "/kiosk" && Cookies.IsKiosk(c) ? "de" : "")),
            new CustomRequestCultureProvider(c => Chosen(c, c.Request.Query["lang"])),
            new CustomRequestCultureProvider(c => Chosen(c, c.Request.Cookies[Cookies.Language])),
            new Preferred(),
        ];
        return options;
    }

    private static Task<ProviderCultureResult?> Chosen(HttpContext context, StringValues language) =>
        Task.FromResult(On(context.Request.Path).Contains(language.ToString()) ? new ProviderCultureResult(language.ToString()) : null);

    /// <summary>What the browser prefers. Kurdish without more is Kurmanji to browsers, which is how it is written in Latin letters.</summary>
    private sealed class Preferred : AcceptLanguageHeaderRequestCultureProvider
    {
        public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
        {
            if (await base.DetermineProviderCultureResult(httpContext) is not { } preferred) return null;
            StringSegment[] there =
            [
                .. from culture in preferred.UICultures
                   let spoken = culture.ToString().Split('-')[0].ToLowerInvariant()
                   let language = spoken == "ku" ? "kmr" : spoken
                   where On(httpContext.Request.Path).Contains(language)
                   select new StringSegment(language),
            ];
            return there.Length == 0 ? null : new ProviderCultureResult(there);
        }
    }
}
