using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.Homes.Moving;

/// <summary>A step of a move cannot be done; nothing was changed.</summary>
/// <param name="status">The status of the answer: 400 for a file that is not as it must be, 404 for an account there is not, 409 for what stands against it, 503 for what passes by itself.</param>
/// <param name="code">A fixed word to act on.</param>
/// <param name="detail">What it is, and what to do about it.</param>
internal sealed class MoveException(int status, string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;

    public Problem AsProblem => status == 503 ? Problem.Unavailable(Message, Code) : new("The account cannot be moved so", status, Message, Code);

    /// <summary>The file is not one that can be taken.</summary>
    public static MoveException BadFile(string why) => new(400, "bad-move-file", $"{why} Nothing was taken from the file.");

    public static MoveException Conflict(string code, string why) => new(409, code, why);

    public static MoveException NotYet(string code, string why) => new(503, code, why);

    public static MoveException Unknown(string accountId) => new(404, "not-found", $"There is no account {accountId} here.");
}
