using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>Only the role that a page is for comes in, and to the analyst's pages the organiser as well; the services check it again.</summary>
internal static class Gate
{
    public static async Task<IResult> For(Visit visit, string role, Func<StaffPass, Task<IResult>> page) => visit.Staff switch
    {
        null => Page.Go("/sign-in"),
        { } pass when (pass.Role == role || (role == "analyst" && pass.Role == "organiser")) && (role != "exhibitor" || pass.Exhibitor is not null) => await page(pass),
        _ => Page.Error("role"),
    };

    /// <summary>A page that bears the name of the caller's own stand.</summary>
    public static async Task<IResult> WithExhibitor(StaffPass pass, ProfileClient profile, Func<ExhibitorView, IResult> page, CancellationToken cancel) =>
        (await profile.Exhibitor(pass.Exhibitor!.Value, cancel)) switch { { Problem: { } refusal } => Page.Refused(refusal, staff: true), var found => page(found.Value!) };
}
