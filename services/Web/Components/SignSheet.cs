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

    private static readonly FrozenDictionary<string, string> Drawings = new Dictionary<string, string>(AnswerSigns.Drawings)
    {
        ["i-against"] = """<symbol id="i-against" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path d="M8 12h8"/></symbol>""",
        ["i-ask"] = """<symbol id="i-ask" viewBox="0 0 24 24"><path d="M5 4h14a2.5 2.5 0 0 1 2.5 2.500v8A2.5 2.5 0 0 1 19 17h-7l-5 4v-4H5a2.5 2.5 0 0 1-2.5-2.500v-8A2.5 2.5 0 0 1 5 4z"/><path d="M10 8.800a2.1 2.1 0 1 1 3.1 1.800c-.7.4-1.1.800-1.1 1.500M12 14.200h.01"/></symbol>""",
        ["i-back"] = """<symbol id="i-back" viewBox="0 0 24 24"><path d="M20 12H5M11 6l-6 6 6 6"/></symbol>""",
        ["i-bell"] = """<symbol id="i-bell" viewBox="0 0 24 24"><path d="M12 3a6 6 0 0 1 6 6c0 5 2 6.500 2 8H4c0-1.500 2-3 2-8a6 6 0 0 1 6-6zM9.500 20.500a2.600 2.600 0 0 0 5 0"/></symbol>""",
        ["i-cal"] = """<symbol id="i-cal" viewBox="0 0 24 24"><rect x="3" y="5" width="18" height="16" rx="2.5"/><path d="M3 10h18M8 2.500v4M16 2.500v4"/></symbol>""",
        ["i-call"] = """<symbol id="i-call" viewBox="0 0 24 24"><path d="M2.5 19h19M4.5 19a7.5 7.500 0 0 1 15 0M12 11.500V8M9 8h6"/></symbol>""",
        ["i-clock"] = """<symbol id="i-clock" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M12 6.500V12l3.5 2.5"/></symbol>""",
        ["i-globe"] = """<symbol id="i-globe" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M2.5 12h19M12 2.500c3 3 4 6 4 9.500s-1 6.5-4 9.500c-3-3-4-6-4-9.500s1-6.5 4-9.500z"/></symbol>""",
        ["i-help"] = """<symbol id="i-help" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.5"/><path d="M9.2 9.500a2.8 2.8 0 1 1 4.2 2.400c-.9.6-1.4 1.1-1.4 2.300M12 17.300h.01"/></symbol>""",
        ["i-leaf"] = """<symbol id="i-leaf" viewBox="0 0 48 48"><g transform="rotate(14 24 24)"><path class="leaf-stem" d="M24.5 12C24.5 8 25.5 4 28.5 .5"/><path class="leaf-a" d="M23.5 12C19 6.5 5 7.5 4.5 20.5 4.1 32 16 35 25.5 47.5 21.5 36 22.2 23 23.5 12z"/><path class="leaf-b" d="M25.6 12C30.5 6.5 43.5 8.5 43.5 21 43.5 32 33.5 35 27.6 46 24.4 36 24.3 23 25.6 12z"/></g></symbol>""",
        ["i-likely"] = """<symbol id="i-likely" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/><path class="solid" d="M12 3a9 9 0 0 1 0 18z"/></symbol>""",
        ["i-mark"] = """<symbol id="i-mark" viewBox="0 0 24 24"><path d="M7 3.500h10a1 1 0 0 1 1 1V21l-6-4.500L6 21V4.500a1 1 0 0 1 1-1z"/></symbol>""",
        ["i-marked"] = """<symbol id="i-marked" viewBox="0 0 24 24"><path class="solid" d="M7 3.500h10a1 1 0 0 1 1 1V21l-6-4.500L6 21V4.500a1 1 0 0 1 1-1z"/></symbol>""",
        ["i-next"] = """<symbol id="i-next" viewBox="0 0 24 24"><path d="M4 12h15M13 6l6 6-6 6"/></symbol>""",
        ["i-phone"] = """<symbol id="i-phone" viewBox="0 0 24 24"><rect x="6.500" y="2.500" width="11" height="19" rx="2.500"/><path d="M11 18.500h2"/></symbol>""",
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
        ["p-art"] = """<symbol id="p-art" viewBox="0 0 48 48"><path class="f" d="M26.5 8.500c-12 0-20 8-20 18s8 18 19 18c4 0 5-3 4-6-1.5-4 1-7 5-7h5c4 0 7-3 7-7 0-9-9-16-20-16z"/><path d="M24 6C12 6 4 14 4 24s8 18 19 18c4 0 5-3 4-6-1.5-4 1-7 5-7h5c4 0 7-3 7-7 0-9-9-16-20-16z"/><path d="M13 23h.01M19 15h.01M28 14h.01M36 19h.01" stroke-width="4"/></symbol>""",
        ["p-bed"] = """<symbol id="p-bed" viewBox="0 0 48 48"><path class="f" d="M20.5 23.500h21a5 5 0 0 1 5 5v8h-26z"/><path d="M4 10v30M4 34h40M44 40V26a5 5 0 0 0-5-5H18v13"/><circle cx="11" cy="25" r="4"/></symbol>""",
        ["p-box"] = """<symbol id="p-box" viewBox="0 0 48 48"><path class="f" d="M26.5 27.500l18-9v18l-18 9z"/><path d="M6 15l18-9 18 9v18l-18 9-18-9zM6 15l18 9 18-9M24 24v18M15 10.500l18 9"/></symbol>""",
        ["p-build"] = """<symbol id="p-build" viewBox="0 0 48 48"><path class="f" d="M27 25.500h12.500V35H27z"/><path d="M6 13h36a2 2 0 0 1 2 2v25a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V15a2 2 0 0 1 2-2zM4 23h40M4 32.500h40M18 13v10M31 13v10M11 23v9.500M24.500 23v9.500M37 23v9.500M18 32.500V42M31 32.500V42"/></symbol>""",
        ["p-car"] = """<symbol id="p-car" viewBox="0 0 48 48"><path class="f" d="M7.5 29.500l4-3h30l6 3.500v8.500h-40z"/><path d="M9 36H5V27l6-3 4-9a4 4 0 0 1 4-2.500h11a4 4 0 0 1 3.500 2.500l5 9 5.500 3v9h-5M19 36h10M11 24h27"/><circle cx="14" cy="36" r="4.5"/><circle cx="34" cy="36" r="4.5"/></symbol>""",
        ["p-care"] = """<symbol id="p-care" viewBox="0 0 48 48"><path class="f" d="M26.5 43.500c-12-8-19-15-19-23.500a9.5 9.5 0 0 1 19-3 9.5 9.5 0 0 1 19 3c0 8.500-7 15.500-19 23.500z"/><path d="M24 41C12 33 5 26 5 17.500a9.5 9.5 0 0 1 19-3 9.5 9.5 0 0 1 19 3C43 26 36 33 24 41zM24 19v12M18 25h12"/></symbol>""",
        ["p-children"] = """<symbol id="p-children" viewBox="0 0 48 48"><rect class="f" x="18" y="8.5" width="17" height="17" rx="2"/><rect x="5" y="24" width="18" height="18" rx="2"/><rect x="25" y="24" width="18" height="18" rx="2"/><rect x="15.5" y="6" width="17" height="18" rx="2"/><circle cx="14" cy="33" r="4"/><path d="M30 37l4-8 4 8zM21 15h6"/></symbol>""",
        ["p-clean"] = """<symbol id="p-clean" viewBox="0 0 48 48"><path class="f" d="M11.5 22.500h30l-3 20a4 4 0 0 1-4 3.500h-16a4 4 0 0 1-4-3.500z"/><path d="M9 20h30l-3 20a4 4 0 0 1-4 3.500H16a4 4 0 0 1-4-3.500zM9 20a15 14 0 0 1 30 0M20 28v8M28 28v8"/></symbol>""",
        ["p-course"] = """<symbol id="p-course" viewBox="0 0 48 48"><path class="f" d="M26.5 16c4-3.5 10-5 18.5-5v27c-8 0-14 1-18.5 5z"/><path d="M24 13C19 9 12 8 4 8v28c8 0 15 1 20 5 5-4 12-5 20-5V8c-8 0-15 1-20 5zM24 13v28"/></symbol>""",
        ["p-electro"] = """<symbol id="p-electro" viewBox="0 0 48 48"><path class="f" d="M29.5 6.500l-17 23h12l-3 17 18-24h-12z"/><path d="M27 4L10 27h12l-3 17 18-24H25z"/></symbol>""",
        ["p-factory"] = """<symbol id="p-factory" viewBox="0 0 48 48"><path class="f" d="M6.5 33.500h40v11h-40z"/><path d="M4 42V23l12 7v-7l12 7v-7l8 5V8h8v34zM13 36h.01M21 36h.01M29 36h.01M37 36h.01"/><path d="M36 15h8"/></symbol>""",
        ["p-family"] = """<symbol id="p-family" viewBox="0 0 48 48"><path class="f" d="M11 24h15v19H11z"/><circle cx="17" cy="10" r="5.5"/><path d="M8 42V30c0-6 3.5-10 9-10s9 4 9 10"/><circle cx="34" cy="24" r="4.5"/><path d="M26 42v-3c0-5 3-8 8-8s8 3 8 8v3M4 42h40"/></symbol>""",
        ["p-german"] = """<symbol id="p-german" viewBox="0 0 48 48"><path class="f" d="M11 11h30a4 4 0 0 1 4 4v17a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4z"/><path d="M8 7h32a4 4 0 0 1 4 4v19a4 4 0 0 1-4 4H23l-9 8v-8H8a4 4 0 0 1-4-4V11a4 4 0 0 1 4-4z"/><circle cx="23" cy="24" r="5"/><path d="M28 19v10M20 13.5h.01M26 13.5h.01" stroke-width="3"/></symbol>""",
        ["p-health"] = """<symbol id="p-health" viewBox="0 0 48 48"><circle class="f" cx="37" cy="25" r="6.5"/><path d="M11 6H7v11a9 9 0 0 0 18 0V6h-4M16 26v6a9 9 0 0 0 18 0v-4"/><circle cx="34" cy="22.5" r="5.5"/></symbol>""",
        ["p-kitchen"] = """<symbol id="p-kitchen" viewBox="0 0 48 48"><path class="f" d="M10.5 22.500h32v16a6 6 0 0 1-6 6h-20a6 6 0 0 1-6-6z"/><path d="M8 20h32v16a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6zM3 26h5M40 26h5M17 6c-3 3 3 5 0 8M24 6c-3 3 3 5 0 8M31 6c-3 3 3 5 0 8"/></symbol>""",
        ["p-lab"] = """<symbol id="p-lab" viewBox="0 0 48 48"><path class="f" d="M17 31.500h20l5.5 9a3.500 3.5 0 0 1-3 5h-25z"/><path d="M19 5v13L8.500 37a4 4 0 0 0 3.500 6h24a4 4 0 0 0 3.500-6L29 18V5M16 5h16M14 29h20M21 36h.01M28 35h.01"/></symbol>""",
        ["p-law"] = """<symbol id="p-law" viewBox="0 0 48 48"><path class="f" d="M5 29.500h11a5.5 5.5 0 0 1-11 0z"/><path d="M24 5v37M15 42h18M8 12h32M8 12L2.500 27h11zM2.5 27a5.500 5.5 0 0 0 11 0M40 12l-5.500 15h11zM34.500 27a5.500 5.5 0 0 0 11 0"/></symbol>""",
        ["p-leisure"] = """<symbol id="p-leisure" viewBox="0 0 48 48"><circle class="f" cx="26.5" cy="26.5" r="18.5"/><circle cx="24" cy="24" r="19"/><path d="M24 16l7.5 5.5-3 9h-9l-3-9zM24 16V6M31.5 21.500l10-3.500M28.5 30.500l6 8.500M19.5 30.500l-6 8.500M16.5 21.500L6.5 18"/></symbol>""",
        ["p-metal"] = """<symbol id="p-metal" viewBox="0 0 48 48"><path class="f" d="M36 8a11 11 0 0 0-12.5 15.500L8.500 38.500a4.200 4.2 0 0 0 6 6l15-15A11 11 0 0 0 45 17l-6.500 6.500-6-1.500-1.500-6z"/><path d="M33.500 5.500A11 11 0 0 0 21 21L6 36a4.200 4.2 0 0 0 6 6l15-15a11 11 0 0 0 15.500-12.500L36 21l-6-1.500-1.500-6z"/></symbol>""",
        ["p-money"] = """<symbol id="p-money" viewBox="0 0 48 48"><rect class="f" x="17.500" y="12.500" width="18" height="8" rx="2"/><rect x="9" y="4" width="30" height="40" rx="4"/><rect x="15" y="10" width="18" height="8" rx="2"/><path d="M16 26h.01M24 26h.01M32 26h.01M16 35h.01M24 35h.01M32 35h.01" stroke-width="4"/></symbol>""",
        ["p-office"] = """<symbol id="p-office" viewBox="0 0 48 48"><path class="f" d="M11 22h33v16H11z"/><path d="M24 5l20 11v3H4v-3zM9 24v11M19 24v11M29 24v11M39 24v11M5 40h38"/></symbol>""",
        ["p-paint"] = """<symbol id="p-paint" viewBox="0 0 48 48"><rect class="f" x="8.5" y="8.5" width="28" height="12" rx="3"/><rect x="6" y="6" width="28" height="12" rx="3"/><path d="M34 12h8v11H24v6"/><rect x="20.5" y="29" width="7" height="14" rx="2"/></symbol>""",
        ["p-plan"] = """<symbol id="p-plan" viewBox="0 0 48 48"><path class="f" d="M9.5 44.500v-36l36 36z"/><path d="M7 42V6l36 36zM15 34v-9l9 9zM7 14h3M7 21h3"/></symbol>""",
        ["p-plant"] = """<symbol id="p-plant" viewBox="0 0 48 48"><path class="f" d="M26.5 24.500c0-8 7-14 18-14 0 10-7 15-18 14z"/><path d="M24 42V22M24 28c0-8-7-13-17-13 0 9 6 14 17 13zM24 22c0-8 7-14 18-14 0 10-7 15-18 14zM12 42h24"/></symbol>""",
        ["p-recognition"] = """<symbol id="p-recognition" viewBox="0 0 48 48"><path class="f" d="M12 9h25v33H12z"/><path d="M22 40H11a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v11M14 14h14M14 21h10M14 28h6"/><circle cx="33" cy="31" r="8"/><path d="M29.5 31l2.5 2.5 4.5-5M29 38.500V46l4-3 4 3v-7.5"/></symbol>""",
        ["p-scan"] = """<symbol id="p-scan" viewBox="0 0 48 48"><rect class="f" x="13.500" y="6" width="24" height="40" rx="4"/><rect x="11" y="3.500" width="24" height="40" rx="4"/><path d="M16.500 10.500h5v5h-5zM16.500 20.500h5v5h-5zM25 10.500h4.500M29.500 10.500v4.500M26 20.500h3.500M26 26.500h.01M20 38h6"/></symbol>""",
        ["p-school"] = """<symbol id="p-school" viewBox="0 0 48 48"><rect class="f" x="6.5" y="8.5" width="40" height="26" rx="3"/><rect x="4" y="6" width="40" height="26" rx="3"/><path d="M16 43l4-11M32 43l-4-11M12 15h15M12 23h9"/></symbol>""",
        ["p-scissors"] = """<symbol id="p-scissors" viewBox="0 0 48 48"><circle class="f" cx="14.500" cy="38.500" r="6"/><circle class="f" cx="38.500" cy="38.500" r="6"/><circle cx="12" cy="36" r="6"/><circle cx="36" cy="36" r="6"/><path d="M15.500 31L34 5M32.500 31L14 5"/></symbol>""",
        ["p-screen"] = """<symbol id="p-screen" viewBox="0 0 48 48"><rect class="f" x="11.500" y="10.500" width="30" height="22" rx="3"/><rect x="9" y="8" width="30" height="22" rx="3"/><path d="M4 36h40v1a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM20 15l-4 4 4 4M28 15l4 4-4 4"/></symbol>""",
        ["p-shield"] = """<symbol id="p-shield" viewBox="0 0 48 48"><path class="f" d="M26.500 6.500l17 6v12c0 11-7 18-17 22-10-4-17-11-17-22v-12z"/><path d="M24 4l17 6v12c0 11-7 18-17 22C14 40 7 33 7 22V10zM16 24l6 6 11-12"/></symbol>""",
        ["p-shop"] = """<symbol id="p-shop" viewBox="0 0 48 48"><path class="f" d="M7.5 21.500h38l-4 20a4 4 0 0 1-4 3h-22a4 4 0 0 1-4-3z"/><path d="M5 19h38l-4 20a4 4 0 0 1-4 3H13a4 4 0 0 1-4-3zM14 19l7-13M34 19L27 6M17 26v9M24 26v9M31 26v9"/></symbol>""",
        ["p-talk"] = """<symbol id="p-talk" viewBox="0 0 48 48"><path class="f" d="M8.5 8.500h24a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3h-24z"/><path d="M6 6h24a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H16l-7 6v-6H6a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3zM39 17h3a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3h-3v7l-8-7h-9"/></symbol>""",
        ["p-there"] = """<symbol id="p-there" viewBox="0 0 48 48"><rect class="f" x="13.500" y="6" width="24" height="40" rx="4"/><rect x="11" y="3.500" width="24" height="40" rx="4"/><path d="M16.500 22l4.500 4.500 8.500-9.500M20 38h6"/></symbol>""",
        ["p-training"] = """<symbol id="p-training" viewBox="0 0 48 48"><path class="f" d="M14 26l12.5 5 12-5v9c0 3-6 6-12 6s-12.5-3-12.5-6z"/><path d="M24 8l21 9-21 9-21-9z"/><path d="M11 21v11c0 3 6 6.5 13 6.500s13-3.5 13-6.500V21M45 17v13"/></symbol>""",
        ["p-truck"] = """<symbol id="p-truck" viewBox="0 0 48 48"><path class="f" d="M5.500 13.500h26v24h-26z"/><path d="M8 36H3V11h26v25H17M29 18h8l8 9v9h-4M29 36h3"/><circle cx="12.500" cy="37" r="4.5"/><circle cx="36.500" cy="37" r="4.5"/></symbol>""",
        ["p-type"] = """<symbol id="p-type" viewBox="0 0 48 48"><rect class="f" x="13.500" y="6" width="24" height="40" rx="4"/><rect x="11" y="3.500" width="24" height="40" rx="4"/><rect x="15.500" y="9" width="15" height="7.500" rx="1.500"/><path d="M17.500 23h.01M23 23h.01M28.500 23h.01M17.500 29.500h.01M23 29.500h.01M28.500 29.500h.01M23 36h.01" stroke-width="3.600"/></symbol>""",
        ["p-unknown"] = """<symbol id="p-unknown" viewBox="0 0 48 48"><circle class="f" cx="26.5" cy="26.5" r="18.5"/><circle cx="24" cy="24" r="19"/><path class="mirror q" d="M18 19.500a6 6 0 1 1 9 5.200c-2 1.2-3 2.3-3 4.800M24 35.500h.01" stroke-width="3"/></symbol>""",
        ["p-until"] = """<symbol id="p-until" viewBox="0 0 48 48"><circle class="f" cx="26.500" cy="26.500" r="18.500"/><circle cx="24" cy="24" r="19"/><path d="M24 12v12l8 5"/></symbol>""",
        ["p-wood"] = """<symbol id="p-wood" viewBox="0 0 48 48"><path class="f" d="M10.500 10.500h26a6 6 0 0 1 6 6v4h-32z"/><path d="M8 8h26a6 6 0 0 1 6 6v4H8zM19 18v24a2 2 0 0 0 2 2h4a2 2 0 0 0 2-2V18"/></symbol>""",
        ["p-work"] = """<symbol id="p-work" viewBox="0 0 48 48"><path class="f" d="M10 20h34a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3H10z"/><rect x="5" y="15" width="38" height="26" rx="4"/><path d="M16 15v-4a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v4M5 26h14M29 26h14"/><rect x="19" y="22" width="10" height="8" rx="2"/></symbol>""",
    }.ToFrozenDictionary();
}
