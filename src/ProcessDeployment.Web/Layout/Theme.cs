using Microsoft.AspNetCore.Http;
using MudBlazor;

namespace ProcessDeployment.Web.Layout;

/// <summary>The colours, light and dark; each text on its ground has the contrast that WCAG AA asks for.</summary>
internal static class Theme
{
    public const string Cookie = "theme";
    public const string Hint = "Sec-CH-Prefers-Color-Scheme";
    private const string Dark = "dark";

    public static MudTheme Ours { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d5fa8",
            PrimaryContrastText = "#ffffff",
            Secondary = "#6a4c93",
            Error = "#b3261e",
            Warning = "#8a5300",
            Success = "#1b6e3a",
            Info = "#1d5fa8",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            TextPrimary = "#1b1f24",
            TextSecondary = "#4d5661",
            TextDisabled = "#5f6873",
            ActionDisabled = "#5f6873",
            LinesInputs = "#6b7480",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab8f0",
            PrimaryContrastText = "#0d1b2a",
            Secondary = "#c9b3e6",
            Error = "#ffb4ab",
            Warning = "#f0bf7a",
            Success = "#8fd6a5",
            Info = "#8ab8f0",
            Background = "#14181d",
            Surface = "#1c2127",
            TextPrimary = "#e8ebef",
            TextSecondary = "#b4bcc6",
            TextDisabled = "#98a1ac",
            ActionDisabled = "#98a1ac",
            LinesInputs = "#98a1ac",
        },
        Typography = new Typography
        {
            // Those of the system: nothing is fetched from elsewhere.
            Default = new DefaultTypography { FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"], FontSize = "0.9375rem" },
        },
    };

    /// <summary>As was chosen; otherwise as the browser says that the system is.</summary>
    public static bool IsDark(HttpRequest request) => (request.Cookies[Cookie] ?? request.Headers[Hint].ToString().Trim('"')) == Dark;
}
