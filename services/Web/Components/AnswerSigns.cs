using System.Globalization;
using System.Text;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Components;

/// <summary>
/// Pictograms of answers. Those that differ by how much are drawn from it: what is meant is dark and has the honey patch, the rest of the scale stands pale beside it,
/// so that one is told from its neighbours at a glance. Those that go up from one side begin where reading begins.
/// </summary>
internal static class AnswerSigns
{
    /// <summary>What is turned round is turned about the middle of its box: this, which is not drawn, makes that the middle of the sign.</summary>
    private const string Middle = "<path stroke=\"none\" d=\"M0 24h48\"/>";
    private const string Paper = """<path class="f" d="M12 9h25v33H12z"/><path d="M22 40H11a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v11M14 14h14M14 21h10M14 28h6"/><circle cx="33" cy="32" r="8.500"/>""";
    private const string Work = """<path class="f" d="M8 20h35v24H8z"/><path d="M24.500 41H9a4 4 0 0 1-4-4V19a4 4 0 0 1 4-4h30a4 4 0 0 1 4 4v7M16 15v-4a4 4 0 0 1 4-4h8a4 4 0 0 1 4 4v4M5 26h18"/><circle cx="36" cy="36" r="8.500"/>""";
    private const string Pale = "<g opacity=\".25\">";

    public static IEnumerable<KeyValuePair<string, string>> Drawings =>
    [
        // Steps of the German levels: from none to all six.
        .. Codes.GermanLevels.Select((level, reached) => Symbol($"p-german-{level}", Turned(Steps(reached)))),
        .. Codes.AgeBands.Where(b => b != Codes.Unknown).Select((band, which) => Symbol($"p-age-{band}", Turned(Figures(which)))),
        .. Codes.TimesInGermany.Where(t => t != Codes.Unknown).Select((time, which) => Symbol($"p-time-{time}", Turned(Years(which)))),
        Symbol("p-script-latin", """<path class="f" d="M9 11h37v32H9z"/><rect x="4" y="8" width="38" height="31" rx="4"/><path d="M10 31l5.500-15h1L22 31M12 26.500h8M27.500 15.500V31"/><circle cx="32" cy="26.500" r="4.500"/>"""),
        Symbol("p-script-other", """<path class="f" d="M9 11h37v32H9z"/><rect x="4" y="8" width="38" height="31" rx="4"/><path d="M15.500 16v15M9.500 16c0 4 2.500 7.500 6 7.500s6-3.500 6-7.500M9.500 31c0-4 2.500-7.500 6-7.500s6 3.500 6 7.500M26 20.500c-.500 4 1.500 6.500 5.500 6.500s6-2.500 5.500-6.500M31.500 32h.01"/>"""),
        Symbol("p-script-not-literate", """<path class="f" d="M9 11h37v32H9z"/><path d="M29 39H8a4 4 0 0 1-4-4V12a4 4 0 0 1 4-4h30a4 4 0 0 1 4 4v6"/><path d="M9.500 32L17 14.500 24.500 32M14.500 26.500h6" stroke-dasharray=".1 4.750" stroke-width="2.8"/><path d="M27.500 36.500l1.500-6L41 18.500l4.500 4.500L33.500 35z"/>"""),
        // A paper, or a note about work, and what it lets one do.
        Symbol("p-paper-entitlement", Paper + """<path d="M29.500 32l2.500 2.500 4.500-5"/>"""),
        Symbol("p-paper-duty", Paper + """<path d="M33 27.500v5M33 36.200h.01" stroke-width="3"/>"""),
        Symbol("p-paper-admission-before-2026-02-09", Paper + """<path d="M33 27v5l3.500 2"/>"""),
        Symbol("p-paper-none", """<path d="M15 43h-4a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4h22a4 4 0 0 1 4 4v30a4 4 0 0 1-4 4z" stroke-dasharray="4 5"/><path d="M16 24h12"/>"""),
        Symbol("p-note-allowed", Work + """<path d="M32.500 36l2.500 2.500 4.500-5"/>"""),
        Symbol("p-note-employment-allowed", Work + """<circle cx="36" cy="33.500" r="2"/><path d="M32 41c0-2.500 1.500-4 4-4s4 1.500 4 4"/>"""),
        Symbol("p-note-permission-needed", Work + """<path class="mirror" d="M33.500 34a2.500 2.500 0 1 1 4 2c-1 .7-1.500 1.100-1.500 2M36 41h.01"/>"""),
        Symbol("p-note-not-allowed", Work + """<path d="M32 36h8"/>"""),
        Symbol("p-unsaid", """<path class="f" d="M11 11h30a4 4 0 0 1 4 4v17a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4z"/><path d="M8 7h32a4 4 0 0 1 4 4v19a4 4 0 0 1-4 4H23l-9 8v-8H8a4 4 0 0 1-4-4V11a4 4 0 0 1 4-4zM16 20.500h16"/>"""),
        Symbol("p-home", """<path class="f" d="M12 21h29v24H12z"/><path d="M4 23L24 6l20 17M9 19v23h30V19M19 42V29h10v13"/>"""),
        Symbol("p-card", """<rect class="f" x="6.500" y="12.500" width="40" height="28" rx="4"/><rect x="4" y="10" width="40" height="28" rx="4"/><circle cx="15" cy="20.500" r="3.500"/><path d="M9 31.500c0-3.500 2.500-6 6-6s6 2.500 6 6M27 19h11M27 25h11M27 31h6"/>"""),
    ];

    private static KeyValuePair<string, string> Symbol(string id, string drawing) => new(id, $"<symbol id=\"{id}\" viewBox=\"0 0 48 48\">{drawing}</symbol>");

    private static string Turned(string drawing) => $"<g class=\"mirror\">{Middle}{drawing}</g>";

    private static string Steps(int reached)
    {
        const int all = 6;
        var (patches, dark, pale) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var step = 0; step < all; step++)
        {
            var (x, top) = (5.5 + 7.3 * step, 37 - 6 * step);
            (step < reached ? dark : pale).Append(Text($"M{x:0.#} 41.500V{top}"));
            if (step < reached) patches.Append(Text($"<rect class=\"f\" x=\"{x:0.#}\" y=\"{top + 1}\" width=\"5.200\" height=\"{45 - top}\" rx=\"2.500\"/>"));
        }
        return $"{patches}<g stroke-width=\"4.800\"><path d=\"{dark}\"/>{Pale}<path d=\"{pale}\"/></g></g>";
    }

    /// <summary>Three people side by side, each taller than the one before.</summary>
    private static string Figures(int which)
    {
        var drawn = new StringBuilder();
        foreach (var (n, x, scale) in new[] { (0, 7, .56), (1, 20.5, .8), (2, 36.5, 1d) })
        {
            // The head, the shoulders and the ground they stand on; taller is wider, too.
            var (head, wide) = (42 - 31 * scale, 8 * scale);
            var body = Text($"<circle cx=\"{x}\" cy=\"{head:0.##}\" r=\"{4.8 * scale:0.##}\"/><path d=\"M{x - wide:0.##} 42v{-13 * scale:0.##}c0-{5 * scale:0.##} {3.5 * scale:0.##}-{8.5 * scale:0.##} {wide:0.##}-{8.5 * scale:0.##}s{wide:0.##} {3.5 * scale:0.##} {wide:0.##} {8.5 * scale:0.##}v{13 * scale:0.##}z\"/>");
            drawn.Append(n == which ? Text($"<path class=\"f\" d=\"M{x - wide + 2.5:0.##} 44.500v{-17 * scale:0.##}h{2 * wide:0.##}v{17 * scale:0.##}z\"/>") + body : $"{Pale}{body}</g>");
        }
        return drawn.ToString();
    }

    /// <summary>Three years in a calendar: half of the first is over, two are, all are.</summary>
    private static string Years(int which)
    {
        var drawn = new StringBuilder("""<rect class="f" x="6.500" y="10.500" width="40" height="34" rx="4"/><rect x="4" y="8" width="40" height="34" rx="4"/><path d="M4 18h40M14 4.500v7M34 4.500v7"/>""");
        double[] over = which switch { 0 => [.5, 0, 0], 1 => [1, 1, 0], _ => [1, 1, 1] };
        for (var year = 0; year < over.Length; year++)
        {
            var x = 9 + 11.25 * year;
            drawn.Append(Text($"<rect x=\"{x}\" y=\"24\" width=\"7.500\" height=\"12\" rx=\"1.500\" stroke-width=\"1.800\"/>"));
            if (over[year] > 0) drawn.Append(Text($"<rect class=\"solid\" x=\"{x}\" y=\"24\" width=\"{7.5 * over[year]}\" height=\"12\" rx=\"1.500\"/>"));
        }
        return drawn.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
