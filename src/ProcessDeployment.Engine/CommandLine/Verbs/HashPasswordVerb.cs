using System.CommandLine;
using System.Text;
using ProcessDeployment.Engine.Identity.Passwords;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>Prints what a line of the file of passwords keeps of a password. It comes on the input: an argument would stand in the list of processes for everybody to read.</summary>
internal static class HashPasswordVerb
{
    public static Command Create(VerbServices services)
    {
        var verb = new Verb("hash-password", "Print the hash of a password, read from the input, for the file that Identity__Passwords names", "hash-password < password.txt");
        verb.SetAction(async (_, ct) =>
        {
            using var input = new StreamReader(services.In(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            if (await input.ReadLineAsync(ct) is not { Length: > 0 } password)
            {
                await services.Error.WriteLineAsync("The input holds no password; it is the first line.");
                return ExitCodes.Malformed;
            }

            await services.Out.WriteLineAsync(PasswordHash.Of(password));
            return ExitCodes.Ok;
        });
        return verb;
    }
}
