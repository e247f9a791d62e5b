using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ProcessDeployment.Contracts.Commands;
using ProcessDeployment.Faults.Tests.Harness;
using ProcessDeployment.Testing;

namespace ProcessDeployment.Faults.Tests;

/// <summary>Row M4: bodies that are made to hurt, and row M5: ids and names that are made to. Parsers are fuzzed elsewhere; here others must not feel it.</summary>
public sealed class Sending_hostile_bodies(Rig rig) : Under_faults(rig)
{
    private const long MostMemory = 100 << 20;

    private static readonly string[] HostileIds = ["'; drop table events.mt_events; --", "../../etc/passwd", new string('x', 64 * 1024), "ｌocal", "LOCAL", "local ", "0193\u0000", "%00", "${jndi:ldap://x}"];

    [Fact]
    public Task gets_them_refused_and_costs_no_memory() => RoundsAsync(
        "M4", "hostile bodies over HTTP",
        async (random, report) =>
        {
            using var http = new HttpClient { BaseAddress = new(Engine.Url) };
            var before = Engine.Memory;
            await SurvivesAsync(random, report, async load =>
            {
                var bodies = Bodies().ToArray();
                random.Shuffle(bodies);
                foreach (var (what, body, encoding) in bodies)
                {
                    (await SendAsync(http, body, encoding)).ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType], what);
                    await load.AnsweredAsync(1, onEachChannel: 1);
                }
            });
            TestContext.Current.TestOutputHelper?.WriteLine($"{before >> 20} MB before, {Engine.Memory >> 20} MB after.");
            Engine.Memory.ShouldBeLessThan(Math.Max(before, 300 << 20) + MostMemory);
        },
        Rounds.Once);

    [Fact]
    public Task with_hostile_ids_gets_them_refused_and_names_stored_as_they_are() => RoundsAsync(
        "M5", "hostile ids and names",
        async (random, report) =>
        {
            using var http = new HttpClient { BaseAddress = new(Engine.Url) };
            var names = new Dictionary<Guid, string>();
            await SurvivesAsync(random, report, async load =>
            {
                await using var sender = new HttpSender(Engine.Url);
                foreach (var hostile in HostileIds)
                {
                    var text = System.Text.Json.JsonSerializer.Serialize(hostile);
                    (await SendAsync(http, Encoding.UTF8.GetBytes(Deploy($"\"processId\":{text}")))).ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge], hostile[..Math.Min(50, hostile.Length)]);
                    if (hostile.Length > 255 || hostile.Contains('\0', StringComparison.Ordinal) || hostile.Trim() != hostile) continue;
                    var atom = new RegisterAtom { AtomId = Guid.CreateVersion7(), Name = $"{hostile} {Guid.CreateVersion7()}" };
                    names[atom.AtomId] = atom.Name;
                    await Load.DeliverAsync(Ledger.Intend(HttpAccount, atom), sender, TestContext.Current.CancellationToken);
                }
            });
            var atoms = Oracle.Fold(Ledger.Accounts.Single(account => account.Id == HttpAccount).History.Select(row => row.Recorded)).Atoms;
            foreach (var (id, name) in names) atoms[id].Name.ShouldBe(name);
        },
        Rounds.Once);

    private static string Deploy(string data) =>
        $"{{\"specversion\":\"1.0\",\"id\":\"{Guid.CreateVersion7()}\",\"source\":\"//faults\",\"type\":\"processdeployment.deploy-process.v1\",\"data\":{{{data}}}}}";

    private static IEnumerable<(string What, byte[] Body, string? Encoding)> Bodies()
    {
        yield return ("100 MB", new byte[100 << 20], null);
        yield return ("10,000 deep", Encoding.UTF8.GetBytes(new string('[', 10_000)), null);
        yield return ("10,000 deep in data", Encoding.UTF8.GetBytes(Deploy($"\"x\":{new string('[', 10_000)}{new string(']', 10_000)}")), null);
        yield return ("1,000,000 items", Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 1_000_000))}]"), null);
        yield return ("NUL", Encoding.UTF8.GetBytes(Deploy($"\"processId\":\"{Guid.CreateVersion7()}\",\"note\":\"\\u0000\"")), null);
        yield return ("lone surrogate", Encoding.UTF8.GetBytes(Deploy($"\"processId\":\"{Guid.CreateVersion7()}\",\"note\":\"\\ud800\"")), null);
        yield return ("no UTF-8", [.. Encoding.UTF8.GetBytes("{\"specversion\":\""), 0xff, 0xfe, .. "\"}"u8], null);
        yield return ("NaN", Encoding.UTF8.GetBytes(Deploy("\"processId\":NaN")), null);
        yield return ("1e400", Encoding.UTF8.GetBytes(Deploy($"\"processId\":\"{Guid.CreateVersion7()}\",\"expectedVersion\":1e400")), null);
        yield return ("a key twice", Encoding.UTF8.GetBytes(Deploy($"\"processId\":\"{Guid.CreateVersion7()}\",\"processId\":\"{Guid.CreateVersion7()}\"")), null);
        yield return ("a zip bomb", Bomb(), "gzip");
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(new byte[64 << 20]);
        return packed.ToArray();
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        try
        {
            using var answer = await http.PostAsync("/api/v1/commands", content);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It was not read to its end.
            return HttpStatusCode.RequestEntityTooLarge;
        }
    }
}
