using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>The language that an answer's texts are in.</summary>
public static class CallerLanguage
{
    /// <summary>What the call asks for (Accept-Language), where it is a language we speak; else the caller's own; else German.</summary>
    /// <param name="own">The language that the caller once gave; null: none.</param>
    public static string Of(HttpContext http, string? own) => Asked(http) ?? own ?? Current;

    /// <summary>What the call asks for, where it is a language we speak; else null.</summary>
    public static string? Asked(HttpContext http) => http.Features.Get<IRequestCultureFeature>()?.Provider is null ? null : Current;

    /// <summary>What a service has to say is there in these languages; German where a call asks for another.</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services, IEnumerable<string> languages) =>
        services.Configure<RequestLocalizationOptions>(o => o.AddSupportedCultures([.. languages]).AddSupportedUICultures([.. languages]));

    private static string Current => CultureInfo.CurrentUICulture.Name;
}
