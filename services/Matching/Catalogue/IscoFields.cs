namespace Matchmaking.Matching.Catalogue;

/// <summary>
/// What ISCO-08 does not say by its digits. Its first digit is a level of skill: people who work side by side stand in other major groups (nurses 2221,
/// nursing associates 3221, care assistants 5321). And some of its groups hold what has nothing to do with each other (26: lawyers and musicians).
/// Both lists were written for this product from the group names of ISCO-08 (ILO 2008), for the question "would somebody of the one find the other near?".
/// </summary>
internal static class IscoFields
{
    /// <summary>
    /// One line, one field of work across levels of skill; two occupations of a line are neighbours. At most 64 lines. Lines overlap rather than grow: who
    /// builds is near to the foreman, who is near to the engineer, but the bricklayer is not near to the engineer.
    /// </summary>
    private static readonly string[][] Lines =
    [
        // Health
        ["2221", "3221", "532"], // nursing and care: professionals, associates, assistants
        ["2222", "3222"], // midwives
        ["221", "224", "3256"], // doctors, paramedical practitioners, medical assistants
        ["224", "3258", "3221"], // paramedical practitioners, ambulance, nursing associates
        ["2261", "3214", "3251"], // teeth
        ["2262", "3213"], // medicines
        ["2264", "2269", "3255"], // physiotherapy and occupational therapy
        ["2267", "3254"], // eyes
        ["225", "324"], // animals' health
        ["2113", "2131", "3111", "3141", "3212"], // laboratory
        ["2145", "3116", "3133", "8131"], // chemical plants
        // Education and social work
        ["2342", "5311"], // early childhood
        ["2341", "2342", "2352", "5312"], // school and nursery classes, and who helps in them
        ["1345", "2320", "2330", "2341"], // who leads the house
        ["2635", "3412"], // social work
        ["2353", "2643"], // languages: teaching, interpreting
        ["2354", "2652"], // music: teaching, playing
        // Offices, money, law
        ["2411", "3313", "4311", "4313"], // accounting
        ["2412", "2413", "3311", "3312", "4211"], // banking
        ["1212", "2423", "3333", "4416"], // personnel
        ["334", "411", "412", "4132", "4415", "4416", "4419"], // offices
        ["2611", "2612", "2619", "3342", "3411"], // law
        ["1221", "2431", "3322"], ["1420", "52", "3322"], // selling
        // Computers, electricity
        ["25", "351"], ["252", "3513", "3522", "7422"], // computers and networks
        ["2151", "3113", "741"], ["2152", "3114", "742"], ["2153", "3522", "7422"], // electricity, electronics, telecommunication
        ["3131", "2151", "7412"], ["7412", "7421", "8212"], // power plants; devices
        // Machines, metal
        ["2144", "3115"], ["3115", "722", "723"], ["722", "723", "8211"], ["2144", "2141", "3118"],
        ["1321", "2141", "3122"], ["3122", "81", "82"], ["81", "82", "9329"], // production
        // Building
        ["2142", "2161", "2164", "2165", "3112", "3118"], // planning
        ["1323", "2142", "3112", "3123"], ["3123", "71"], ["71", "9312", "9313"], // site
        ["8342", "9312"], // earth works
        ["7115", "7522", "7523", "8172"], // wood
        // Textiles, food
        ["7531", "7532", "2163"], ["7531", "7533", "8153", "7318"], // clothes
        ["7535", "7536", "8156"], // leather
        ["7511", "7512", "7513", "7514", "8160"], // making food
        ["3434", "512", "941"], ["1412", "3434", "513"], ["513", "5246", "941"], // kitchen and service
        ["1411", "4224", "5151"], ["5151", "911"], ["5153", "911", "9613"], // houses
        // Growing
        ["2132", "3142", "61"], ["61", "921", "8341"], ["621", "3143", "9215"],
        // Moving things
        ["8321", "8322", "9621", "4412"], ["4321", "8344", "9321", "9333", "9334"], ["1324", "3331", "4321", "4323"],
        // Media
        ["2166", "2513", "2651", "7321"], ["3431", "3521"], ["2641", "2642", "2432"],
    ];

    /// <summary>Groups of two or three digits that hold several fields of work: to share them says little.</summary>
    private static readonly HashSet<string> Several =
    [
        "13", "14", "21", "22", "24", "26", "31", "32", "33", "34", "43", "44", "51", "62", "73", "75", "96",
        "216", "226", "263", "265", "315", "321", "325", "333", "341", "343", "516", "541", "731", "754", "962",
    ];

    /// <summary>One bit for each line that the code stands in. A shorter code than a line names says too little to stand in it.</summary>
    public static ulong Of(string code)
    {
        var bits = 0UL;
        for (var i = 0; i < Lines.Length; i++)
            if (Lines[i].Any(group => code.StartsWith(group, StringComparison.Ordinal))) bits |= 1UL << i;
        return bits;
    }

    public static byte MixedDigits(string code) =>
        code.Length >= 3 && Several.Contains(code[..3]) ? (byte)3 : code.Length >= 2 && Several.Contains(code[..2]) ? (byte)2 : (byte)0;

    /// <summary>For tests: every group that the two lists name, and how many lines there are.</summary>
    internal static (IEnumerable<string> Groups, int Lines) Named => (Lines.SelectMany(l => l).Concat(Several), Lines.Length);
}
