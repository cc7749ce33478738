using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Web;

/// <summary>Section "Web".</summary>
public sealed class WebOptions
{
    /// <summary>Origin for links and QR codes, as "https://fair.example.org"; null: setting Public:Address, else the origin of the request.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Seconds without a touch after which a kiosk asks whether somebody is still there; 20 to 600, default 60.</summary>
    [Range(20, 600)] public int KioskIdleSeconds { get; set; } = 60;
}
