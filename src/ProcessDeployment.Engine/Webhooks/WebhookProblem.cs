using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ProcessDeployment.Engine.Webhooks;

/// <summary>
/// What went wrong, in words of the engine. Those of the machinery below may repeat what the other side said, which whoever sets a
/// webhook must not read: with it services could be listened to that speak something else than HTTP.
/// </summary>
internal static class WebhookProblem
{
    public const string Unmade = "the request could not be made; the log of the engine says why";

    /// <summary>Most characters that are kept.</summary>
    private const int Longest = 300;

    public static string Of(HttpRequestException failure) => failure.InnerException switch
    {
        NotPublicException refused => refused.Message,
        SocketException socket => Of(socket.SocketErrorCode),
        _ => Of(failure.HttpRequestError),
    };

    /// <summary>As the database takes it: it has no place for U+0000, nor for half a character.</summary>
    public static string Kept(string problem) =>
        string.Concat(problem.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control).Take(Longest));

    private static string Of(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => "nobody knows its name",
        SocketError.ConnectionRefused => "it refused the connection",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "it broke the connection off",
        SocketError.TimedOut => "it did not answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => "it cannot be reached from here",
        _ => $"it could not be connected to ({error})",
    };

    private static string Of(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "nobody knows its name",
        HttpRequestError.ConnectionError => "it could not be connected to",
        HttpRequestError.SecureConnectionError => "no secure connection came about: it does not speak TLS, or its certificate is not trusted",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "what it answered is not HTTP",
        HttpRequestError.ResponseEnded => "it broke off before it had answered",
        HttpRequestError.ConfigurationLimitExceeded => "the headers of its answer are too long",
        _ => $"the request failed ({error})",
    };
}

/// <summary>An address leads to where webhooks must not go.</summary>
internal sealed class NotPublicException(string host)
    : Exception($"{host} is no public address; PROCESSDEPLOYMENT_WEBHOOKS_PRIVATE=allow lets webhooks reach others");
