using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The keys that secret values are sealed with.</summary>
internal static class SecretsVerb
{
    public static Command Create(VerbServices services) => new Verb("secrets", "Look after the keys that secret values are sealed with", "secrets keys", "secrets rotate")
    {
        Keys(services), Rotate(services),
    };

    private static Verb Keys(VerbServices services) => new Verb("keys", "List the keys, newest first, and how many values each seals", "secrets keys", "secrets keys --json")
        .Shows(services, (run, ct) => run.ShowAsync("secrets/keys", Query.None, answer =>
        {
            var table = Tables.Of("Key", "Made", "By", ">Values", "Here", "Removed");
            foreach (var key in answer["items"].Items)
                table.Row(key["keyId"].Text, key["madeAt"].Time, key["madeBy"].Text, key["values"].Text, key["isHere"].Text, key["removedAt"].IsThere ? key["removedAt"].Time : "");
            run.Screen.Show(table);
        }, ct));

    private static Verb Rotate(VerbServices services) => new Verb("rotate", "Go on with a new key: what older ones sealed is sealed anew, and they are removed when nothing needs them", "secrets rotate")
        .Shows(services, async (run, ct) =>
        {
            var answer = Problems.Checked(await run.Api.PostAsync("secrets/rotate-key", "application/json", Array.Empty<byte>(), ct));
            if (run.Screen.IsJson) run.Screen.Raw(answer.Body);
            else run.Screen.Line($"Key {answer.Json["keyId"].Text} seals from now on. secrets keys shows how far the values of older keys are.");
        });
}
