using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Matchmaking.Web.Components;

/// <summary>Languages by code: native names (never flags), and which of them have texts.</summary>
internal static class Tongues
{
    /// <summary>Languages whose texts are there, in the order of the picker. A language is added with its Pages.xx.resx.</summary>
    public static readonly IReadOnlyList<string> Active = ["de", "en", "uk", "ar"];

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

    public static string Direction(string language) => language is "ar" or "fa" or "prs" or "ckb" or "ps" or "ur" ? "rtl" : "ltr";

    public static readonly RequestLocalizationOptions Localization = Options();

    private static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions().AddSupportedCultures([.. Active]).AddSupportedUICultures([.. Active]);
        options.SetDefaultCulture("de");
        options.RequestCultureProviders =
        [
            // A kiosk's start is nobody's yet: German, whatever its browser or the one before preferred.
            new CustomRequestCultureProvider(c => Chosen(c.Request.Path == "/kiosk" && Cookies.IsKiosk(c) ? "de" : "")),
            new CustomRequestCultureProvider(c => Chosen(c.Request.Query["lang"])),
            new CustomRequestCultureProvider(c => Chosen(c.Request.Cookies[Cookies.Language])),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
        return options;
    }

    private static Task<ProviderCultureResult?> Chosen(StringValues language) =>
        Task.FromResult(Active.Contains(language.ToString()) ? new ProviderCultureResult(language.ToString()) : null);
}
