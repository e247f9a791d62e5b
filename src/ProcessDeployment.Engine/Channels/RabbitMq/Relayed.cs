using System.Text;
using RabbitMQ.Client;

namespace ProcessDeployment.Engine.RabbitMq;

/// <summary>What another home says of a message that it hands on.</summary>
/// <param name="Sender">The user who sent it; null where the broker was told none.</param>
/// <param name="Asked">The homes that had it before.</param>
internal sealed record Relayed(string? Sender, IReadOnlyList<string> Asked)
{
    private const string SentBy = "process-deployment-sent-by";
    private const string Homes = "process-deployment-homes";

    /// <summary>An account may come back while its commands follow it; more often than this they go in circles.</summary>
    private const int Most = 8;

    /// <summary>It was in more homes than there can be a reason for.</summary>
    public bool IsLost => Asked.Count >= Most;

    /// <summary>Of a message. What stands in headers is believed of the engines' own user only, whose name the broker vouches for, and where there are homes.</summary>
    public static Relayed Of(IReadOnlyBasicProperties properties, string engines, IReadOnlyList<string> there)
    {
        var user = properties.IsUserIdPresent() ? properties.UserId : null;
        if (there.Count == 0 || user != engines || properties.Headers is not { } headers || Text(headers, Homes) is not { } homes) return new(user, []);
        return homes.Split(',') is var asked && asked.All(there.Contains) ? new(Text(headers, SentBy), asked) : new(user, []);
    }

    /// <summary>The message as it is handed on.</summary>
    public static BasicProperties Next(Relayed from, string here, string engines) => new()
    {
        Persistent = true,
        ContentType = "application/cloudevents+json",
        UserId = engines,
        Headers = new Dictionary<string, object?> { [Homes] = string.Join(',', from.Asked.Append(here)), [SentBy] = from.Sender },
    };

    private static string? Text(IDictionary<string, object?> headers, string name) => headers.TryGetValue(name, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;
}
