namespace ProcessDeployment.Browser.Tests.Harness;

/// <summary>What all tests of the pages begin and end with: a company of their own names, and no complaint of any browser.</summary>
public abstract class Visit(PagesFixture pages) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    private protected PagesFixture Pages => pages;

    private protected Company Company { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync()
    {
        if (Chromium.Missing is { } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            // Tests install nothing: on somebody's own machine they say what lacks.
            Assert.Skip(missing);
        }

        Company = new(pages.Engine);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        var complaints = new List<string>();
        foreach (var visitor in _visitors)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed) await visitor.ShotAsync("failed");
            complaints.AddRange(visitor.Complaints);
            await visitor.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        complaints.ShouldBeEmpty();
    }

    /// <summary>Somebody comes to the pages, and is gone at the end of the test.</summary>
    /// <param name="look">On what they look at them.</param>
    /// <param name="by">By which address they reach an engine, if not the one of all tests.</param>
    private protected async Task<Visitor> ComeAsync(Look? look = null, Uri? by = null)
    {
        var visitor = await Visitor.ComeAsync(pages.Browser, by ?? pages.Engine.Url, look ?? Look.Desk);
        _visitors.Add(visitor);
        return visitor;
    }
}
