using System.Text;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain;
using ProcessDeployment.Domain.Operations;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Schema.Tests.Histories;

/// <summary>Reads stored events as the engine does, former forms as what they are called today, and folds them.</summary>
internal sealed class Replay
{
    private static readonly string Mark = WireNameAttribute.Of(typeof(EventSkipped));

    private readonly EventDecoder _decoder;

    private Replay(EventDecoder decoder) => _decoder = decoder;

    /// <summary>The account they fold to, whole.</summary>
    public Account Account { get; private set; } = WholeAccount.Nothing;

    /// <summary>Positions that somebody had passed over, since what stands there cannot be read.</summary>
    public IReadOnlySet<long> Skipped { get; private set; } = new HashSet<long>();

    public static Replay Of(IEnumerable<StoredLine> lines, RetiredEvents? retired = null)
    {
        var replay = new Replay(new(retired ?? RetiredEvents.OfTheDomain));
        replay.Fold([.. lines]);
        return replay;
    }

    /// <summary>A mark stands after what it marks, and is known before anything is read.</summary>
    private void Fold(List<StoredLine> lines)
    {
        Skipped = lines.Where(line => line.Type == Mark).Select(line => ((EventSkipped)Event(line)).EventPosition).ToHashSet();
        foreach (var line in lines.Where(line => !Skipped.Contains(line.Position)))
        {
            var happened = Event(line);
            happened.StreamName().ShouldBe(line.Stream, $"the stream of {line}");
            Account = WholeAccount.After(Account, happened, line.Actor);
        }
    }

    private DomainEvent Event(StoredLine line) => _decoder.Read(line.Type, Encoding.UTF8.GetBytes(line.Data.ToJsonString()));
}
