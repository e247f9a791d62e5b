using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using ProcessDeployment.Client;
using ProcessDeployment.Web.Layout;
using ProcessDeployment.Web.Live;

namespace ProcessDeployment.Web.Audit;

/// <summary>Has an export written and watches it; whoever comes back to the address finds it where it is.</summary>
public sealed partial class ExportPage : LiveComponent
{
    /// <summary>The engine tells of its progress only when it is asked.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private static readonly (string File, string What)[] Contents =
    [
        ("events.jsonl", "every event of the period as it is stored, and the one before and after, whose times show that none is missing"),
        ("changes.csv, changes.jsonl", "the same in words: who, what, when, where from, why"),
        ("deployments.csv, exceptions.csv", "each deployment with what it changed, and those that break a rule of review"),
        ("attempts.csv", "refused commands that left no event; not sealed"),
        ("checkpoint.json, proof.json, leaves.bin, keys.json", "the proof: sealed hashes, and the signature that all of them lead to"),
        ("manifest.json, signature.json", "the hash of each file, signed"),
        ("verifier/, verifier-node/, how-to.md", "two programs that check all of it, and what they prove"),
    ];

    private DateTimeOffset? _from;
    private DateTimeOffset? _to;
    private ExportState? _state;
    private bool _isWatching;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Export { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? WhyNot => WhyNotNow ?? (_isWatching ? "It is being written…" : _from > _to ? "It must not end before it begins." : null);

    protected override void OnInitialized()
    {
        var period = AuditAddress.Filter(From, To, null, null, null, null, null, null);
        (_from, _to) = (period.From, period.To);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Export is { Length: > 0 } exportId && !IsPast) await WatchAsync(() => Api.ExportAsync(exportId, Left));
    }

    protected override bool Concerns(Change change) => false;

    protected override Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;

    private void Choose(DateTimeOffset? from, DateTimeOffset? to)
    {
        (_from, _to, _state) = (from, to, null);
        Remember(null);
    }

    private async Task StartAsync()
    {
        if (WhyNot is not null) return;
        await WatchAsync(() => Api.StartExportAsync(_from, _to, Left));
        if (_state is { } state) Remember(state.ExportId);
    }

    private async Task WatchAsync(Func<Task<ExportState>> begin)
    {
        var left = Left;
        _isWatching = true;
        StateHasChanged();
        await TryAsync(async () =>
        {
            var period = (_from, _to);
            var state = await begin();
            // Who chooses another period meanwhile does not wait for this one any more.
            while (period == (_from, _to))
            {
                _state = state;
                if (!state.IsRunning) return;
                StateHasChanged();
                await Task.Delay(Look, left);
                // Which positions are in it is said when it is begun.
                state = (await Api.ExportAsync(state.ExportId, left)) with { First = state.First, Last = state.Last, Closed = state.Closed };
            }
        });
        _isWatching = false;
        if (!left.IsCancellationRequested) StateHasChanged();
    }

    private void Remember(string? exportId)
    {
        var query = new QueryString();
        if (_from is { } from) query = query.Add("from", AuditAddress.Moment(from));
        if (_to is { } to) query = query.Add("to", AuditAddress.Moment(to));
        if (exportId is not null) query = query.Add("export", exportId);
        Navigation.GoTo($"{AuditAddress.Export}{query.ToUriComponent()}", replace: true);
    }

    private static string Period(ExportState state) => state switch
    {
        { First: { } first, Last: { } last } when last < first => "Nothing happened in that period.",
        { First: { } first, Last: { } last } =>
            FormattableString.Invariant($"It holds changes {first} to {last}.") + (state.Closed == true ? " The period is over and sealed: exported again it is the same file." : " The period is not over: exported again it may hold more."),
        _ => "",
    };
}
