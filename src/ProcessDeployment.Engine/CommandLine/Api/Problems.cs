namespace ProcessDeployment.Engine.CommandLine.Api;

/// <summary>Turns problem details into words: what is wrong, with which member, by which rule.</summary>
internal static class Problems
{
    public static ApiAnswer Checked(ApiAnswer answer) => answer.IsSuccess ? answer : throw Of(answer);

    public static CommandLineException Of(ApiAnswer answer) => new(ExitCodeOf(answer.Status), Text(answer)) { Answer = answer.Body };

    /// <summary>Errors as the engine lists them, one a line: <c>data.atomIds must name at least one id</c>.</summary>
    public static IEnumerable<string> Errors(Json errors) => errors.Items.Select(error => $"{error["member"].Text} {error["rule"].Text}".Trim());

    private static string Text(ApiAnswer answer)
    {
        var (title, detail) = (answer.Json["title"].Text, answer.Json["detail"].Text);
        List<string> lines =
        [
            string.Join(": ", new[] { title.Length > 0 ? title : $"The engine answers with HTTP {answer.Status}", detail }.Where(text => text.Length > 0)),
            .. Errors(answer.Json["errors"]).Select(error => $"  {error}"),
        ];
        return string.Join('\n', lines);
    }

    private static int ExitCodeOf(int status) => status switch
    {
        400 or 413 or 415 => ExitCodes.Malformed,
        502 or 503 or 504 => ExitCodes.Unreachable,
        _ => ExitCodes.Refused,
    };
}
