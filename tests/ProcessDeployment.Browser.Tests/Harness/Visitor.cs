using System.Globalization;
using System.Text.RegularExpressions;
using ProcessDeployment.Browser.Tests.Looks;

namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>Somebody with a browser of their own in front of the pages. Whatever a browser complains of is remembered.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private const int MostTabs = 40;
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
        await Expect(Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { NameRegex = Colours() })).ToBeEnabledAsync();
        await Expect(Page.Locator(".pd-first:visible")).ToHaveCountAsync(0);
    }

    /// <summary>Opens a page of the list, with what opens on it.</summary>
    public async Task SeeAsync(Sight sight, Exhibition shown)
    {
        await GoAsync(sight.Address(shown));
        if (sight.Open is { } open) await open(Page);
        await Expect(sight.Seen(Page)).ToBeVisibleAsync();
    }

    /// <summary>By how many pixels the page is wider than the window.</summary>
    public Task<int> SidewaysAsync() => Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth");

    /// <summary>Presses the tabulator until something has the focus.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        for (var pressed = 0; pressed < MostTabs; pressed++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }

        await Expect(wanted).ToBeFocusedAsync();
    }

    /// <summary>From now on it reaches nobody now and then, and may say so.</summary>
    public void ForgiveLostConnection() => _forgiveLost = true;

    /// <summary>Before an engine ends, which a page would complain of.</summary>
    public Task LeaveAsync() => Page.GotoAsync("about:blank");

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

    [GeneratedRegex("^(Dark|Light)$")]
    private static partial Regex Colours();

    [GeneratedRegex("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket|Connection disconnected|Cannot send data|Failed to (complete negotiation|start the connection|fetch)")]
    private static partial Regex OfLostConnection();
}
