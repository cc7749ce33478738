using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Matching.Models;

/// <summary>Settings under "Matching:Training": when a challenger is trained in the background. Nothing of it puts a model in force.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Matching:Training";

    /// <summary>False: only when a person asks for it. Default true.</summary>
    public bool Automatic { get; set; } = true;

    /// <summary>So many offers opened and meetings asked for or agreed on, since the last training began, make the next one worth it. Default 300.</summary>
    [Range(1, 1_000_000)]
    public int NewOutcomes { get; set; } = 300;

    /// <summary>Hours after which it is trained again whatever came in meanwhile, so that no challenger knows somebody who was erased for longer. Default 24.</summary>
    [Range(1, 24 * 31)]
    public int AtLeastEveryHours { get; set; } = 24;

    /// <summary>Minutes between the beginnings of two trainings, so that a busy day does not train without end. Default 30.</summary>
    [Range(1, 24 * 60)]
    public int NotWithinMinutes { get; set; } = 30;

    /// <summary>Lists that are learned from at most, those of the newest visitors first; some 2 KB of memory each. Default 20,000.</summary>
    [Range(100, 500_000)]
    public int MostLists { get; set; } = 20_000;

    /// <summary>Challengers that are kept, the newest. Default 5.</summary>
    [Range(1, 50)]
    public int Challengers { get; set; } = 5;
}
