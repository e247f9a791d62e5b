using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>Somebody with a browser of their own in front of the pages. Whatever a browser complains of is remembered.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly IBrowserContext _context;
    private int _shots;
    private bool _forgiveLost;

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Dialog += (_, dialog) => _ = ComplainOfAsync(dialog);
        page.PageError += (_, error) => Complain($"script failed: {error.Split('\n')[0]}");
        page.Console += (_, said) =>
        {
            if (said.Type == "error") Complain($"console: {said.Text} ({said.Location})");
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Dialogs of scripts, errors of scripts and of the console, broken policies.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints) return [.. _complaints.Where(complaint => !_forgiveLost || !OfLostConnection().IsMatch(complaint))];
        }
    }

    public static async Task<Visitor> ComeAsync(IBrowser browser, Uri url, Look look)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = url.ToString(),
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(Patience.Milliseconds);
        if (look.Theme is { } theme) await context.AddCookiesAsync([new() { Name = "theme", Value = theme, Url = url.ToString() }]);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Opens an address and waits until the page is alive.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await AliveAsync();
    }

    /// <summary>Until a click does something, and lists have rows of their own.</summary>
    public async Task AliveAsync()
    {
        await Expect(Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button)).ToBeEnabledAsync();
        await Expect(Page.Locator(".pd-first")).ToHaveCountAsync(0);
    }

    /// <summary>From now on it reaches nobody now and then, and may say so.</summary>
    public void ForgiveLostConnection() => _forgiveLost = true;

    /// <summary>A picture for those who look at what tests saw.</summary>
    public Task ShotAsync(string step) => Page.ScreenshotAsync(new() { Path = Output.File($"{(++_shots).ToString("00", CultureInfo.InvariantCulture)}-{step}.png"), Animations = ScreenshotAnimations.Disabled });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task ComplainOfAsync(IDialog dialog)
    {
        Complain($"a dialog of a script: {dialog.Message}");
        await dialog.DismissAsync();
    }

    private void Complain(string of)
    {
        lock (_complaints) _complaints.Add(of);
    }

    [GeneratedRegex("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket|Connection disconnected|Cannot send data|Failed to (complete negotiation|start the connection|fetch)")]
    private static partial Regex OfLostConnection();
}
