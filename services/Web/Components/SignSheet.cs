using System.Collections.Frozen;
using System.Text;

namespace Matchmaking.Web.Components;

/// <summary>Collects which signs a page uses; the drawings are those of the look (signs on a grid of 24, pictograms on one of 48).</summary>
public sealed class SignSheet
{
    private readonly SortedSet<string> needed = new(StringComparer.Ordinal);

    public void Need(string id) => needed.Add(id);

    public string Symbols()
    {
        var svg = new StringBuilder();
        foreach (var id in needed) svg.Append(Drawings[id]);
        return svg.ToString();
    }

    private static readonly FrozenDictionary<string, string> Drawings = new Dictionary<string, string>
    {
        ["i-against"] = """<symbol id="i-against" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path d="M8 12h8"/></symbol>""",
        ["i-ask"] = """<symbol id="i-ask" viewBox="0 0 24 24"><path d="M5 4h14a2.5 2.5 0 0 1 2.5 2.500v8A2.5 2.5 0 0 1 19 17h-7l-5 4v-4H5a2.5 2.5 0 0 1-2.5-2.500v-8A2.5 2.5 0 0 1 5 4z"/><path d="M10 8.800a2.1 2.1 0 1 1 3.1 1.800c-.7.4-1.1.800-1.1 1.500M12 14.200h.01"/></symbol>""",
        ["i-back"] = """<symbol id="i-back" viewBox="0 0 24 24"><path d="M20 12H5M11 6l-6 6 6 6"/></symbol>""",
        ["i-cal"] = """<symbol id="i-cal" viewBox="0 0 24 24"><rect x="3" y="5" width="18" height="16" rx="2.5"/><path d="M3 10h18M8 2.500v4M16 2.500v4"/></symbol>""",
        ["i-clock"] = """<symbol id="i-clock" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M12 6.500V12l3.5 2.5"/></symbol>""",
        ["i-globe"] = """<symbol id="i-globe" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M2.5 12h19M12 2.500c3 3 4 6 4 9.500s-1 6.5-4 9.500c-3-3-4-6-4-9.500s1-6.5 4-9.500z"/></symbol>""",
        ["i-help"] = """<symbol id="i-help" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M9.2 9.500a2.8 2.8 0 1 1 4.2 2.400c-.9.6-1.4 1.1-1.4 2.300M12 17.300h.01"/></symbol>""",
        ["i-leaf"] = """<symbol id="i-leaf" viewBox="0 0 48 48"><g transform="rotate(14 24 24)"><path class="leaf-stem" d="M24.5 12C24.5 8 25.5 4 28.5 .5"/><path class="leaf-a" d="M23.5 12C19 6.5 5 7.5 4.5 20.5 4.1 32 16 35 25.5 47.5 21.5 36 22.2 23 23.5 12z"/><path class="leaf-b" d="M25.6 12C30.5 6.5 43.5 8.5 43.5 21 43.5 32 33.5 35 27.6 46 24.4 36 24.3 23 25.6 12z"/></g></symbol>""",
        ["i-likely"] = """<symbol id="i-likely" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path class="solid" d="M12 3a9 9 0 0 1 0 18z"/></symbol>""",
        ["i-next"] = """<symbol id="i-next" viewBox="0 0 24 24"><path d="M4 12h15M13 6l6 6-6 6"/></symbol>""",
        ["i-pin"] = """<symbol id="i-pin" viewBox="0 0 24 24"><path d="M12 21.500s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12z"/><circle cx="12" cy="9.5" r="2.5"/></symbol>""",
        ["i-print"] = """<symbol id="i-print" viewBox="0 0 24 24"><path d="M7 9V3h10v6M7 17H4a1.5 1.5 0 0 1-1.5-1.500v-5A1.5 1.5 0 0 1 4 9h16a1.5 1.5 0 0 1 1.5 1.500v5A1.5 1.5 0 0 1 20 17h-3M7 14h10v7H7z"/></symbol>""",
        ["i-shield"] = """<symbol id="i-shield" viewBox="0 0 24 24"><path d="M12 2.500l8 3v6c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10v-6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/></symbol>""",
        ["i-skip"] = """<symbol id="i-skip" viewBox="0 0 24 24"><path d="M5 6l6 6-6 6M13 6l6 6-6 6"/></symbol>""",
        ["i-speak"] = """<symbol id="i-speak" viewBox="0 0 24 24"><path d="M3.5 9.500v5h4l5 4.500V5l-5 4.500zM16 9a4.2 4.2 0 0 1 0 6M18.5 6a8.5 8.5 0 0 1 0 12"/></symbol>""",
        ["i-talk"] = """<symbol id="i-talk" viewBox="0 0 24 24"><path d="M4 4h16a1.5 1.5 0 0 1 1.5 1.500v9A1.5 1.5 0 0 1 20 16h-8l-5 4.500V16H4a1.5 1.5 0 0 1-1.5-1.500v-9A1.5 1.5 0 0 1 4 4zM7 8.500h10M7 12h6"/></symbol>""",
        ["i-video"] = """<symbol id="i-video" viewBox="0 0 24 24"><rect x="2.5" y="6" width="13" height="12" rx="2"/><path d="M15.5 11l6-3.500v9l-6-3.5"/></symbol>""",
        ["i-x"] = """<symbol id="i-x" viewBox="0 0 24 24"><path d="M6 6l12 12M18 6L6 18"/></symbol>""",
        ["i-yes"] = """<symbol id="i-yes" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" class="solid"/><path d="M7.5 12.300l3 3 6-6.3" class="cut" stroke-width="2.4"/></symbol>""",
        ["p-advice"] = """<symbol id="p-advice" viewBox="0 0 48 48"><path class="f" d="M8 36h37v8H8z"/><circle cx="12" cy="16" r="5"/><circle cx="36" cy="16" r="5"/><path d="M5 33v-2c0-4.5 3-7.5 7-7.500s7 3 7 7.500v2M29 33v-2c0-4.5 3-7.5 7-7.500s7 3 7 7.500v2M3 33h42M8 33v10M40 33v10"/><path d="M21 11.500h.01M24 11.500h.01M27 11.500h.01" stroke-width="3.2"/></symbol>""",
        ["p-course"] = """<symbol id="p-course" viewBox="0 0 48 48"><path class="f" d="M26.5 16c4-3.5 10-5 18.5-5v27c-8 0-14 1-18.5 5z"/><path d="M24 13C19 9 12 8 4 8v28c8 0 15 1 20 5 5-4 12-5 20-5V8c-8 0-15 1-20 5zM24 13v28"/></symbol>""",
        ["p-family"] = """<symbol id="p-family" viewBox="0 0 48 48"><path class="f" d="M11 24h15v19H11z"/><circle cx="17" cy="10" r="5.5"/><path d="M8 42V30c0-6 3.5-10 9-10s9 4 9 10"/><circle cx="34" cy="24" r="4.5"/><path d="M26 42v-3c0-5 3-8 8-8s8 3 8 8v3M4 42h40"/></symbol>""",
        ["p-german"] = """<symbol id="p-german" viewBox="0 0 48 48"><path class="f" d="M11 11h30a4 4 0 0 1 4 4v17a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4z"/><path d="M8 7h32a4 4 0 0 1 4 4v19a4 4 0 0 1-4 4H23l-9 8v-8H8a4 4 0 0 1-4-4V11a4 4 0 0 1 4-4z"/><circle cx="23" cy="24" r="5"/><path d="M28 19v10M20 13.5h.01M26 13.5h.01" stroke-width="3"/></symbol>""",
        ["p-leisure"] = """<symbol id="p-leisure" viewBox="0 0 48 48"><circle class="f" cx="26.5" cy="26.5" r="18.5"/><circle cx="24" cy="24" r="19"/><path d="M24 16l7.5 5.5-3 9h-9l-3-9zM24 16V6M31.5 21.500l10-3.500M28.5 30.500l6 8.500M19.5 30.500l-6 8.500M16.5 21.500L6.5 18"/></symbol>""",
        ["p-office"] = """<symbol id="p-office" viewBox="0 0 48 48"><path class="f" d="M11 22h33v16H11z"/><path d="M24 5l20 11v3H4v-3zM9 24v11M19 24v11M29 24v11M39 24v11M5 40h38"/></symbol>""",
        ["p-recognition"] = """<symbol id="p-recognition" viewBox="0 0 48 48"><path class="f" d="M12 9h25v33H12z"/><path d="M22 40H11a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v11M14 14h14M14 21h10M14 28h6"/><circle cx="33" cy="31" r="8"/><path d="M29.5 31l2.5 2.5 4.5-5M29 38.500V46l4-3 4 3v-7.5"/></symbol>""",
        ["p-training"] = """<symbol id="p-training" viewBox="0 0 48 48"><path class="f" d="M14 26l12.5 5 12-5v9c0 3-6 6-12 6s-12.5-3-12.5-6z"/><path d="M24 8l21 9-21 9-21-9z"/><path d="M11 21v11c0 3 6 6.5 13 6.500s13-3.5 13-6.500V21M45 17v13"/></symbol>""",
        ["p-unknown"] = """<symbol id="p-unknown" viewBox="0 0 48 48"><circle class="f" cx="26.5" cy="26.5" r="18.5"/><circle cx="24" cy="24" r="19"/><path class="mirror q" d="M18 19.500a6 6 0 1 1 9 5.200c-2 1.2-3 2.3-3 4.800M24 35.500h.01" stroke-width="3"/></symbol>""",
        ["p-work"] = """<symbol id="p-work" viewBox="0 0 48 48"><path class="f" d="M10 20h34a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3H10z"/><rect x="5" y="15" width="38" height="26" rx="4"/><path d="M16 15v-4a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v4M5 26h14M29 26h14"/><rect x="19" y="22" width="10" height="8" rx="2"/></symbol>""",
    }.ToFrozenDictionary();
}
