using ProcessDeployment.Embedded;
using ProcessDeployment.Embedded.Tests;
using Xunit.MicrosoftTestingPlatform;

// What the tests need beside themselves: a program with a private PostgreSQL that can be killed, raced and run as another user.
return args is ["own", var folder, .. var rest]
    ? await OwnAsync(folder, rest.FirstOrDefault())
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);

static async Task<int> OwnAsync(string folder, string? url)
{
    try
    {
        var installed = Environment.GetEnvironmentVariable("INSTALLED_PROGRAMS") != "off";
        await using var postgres = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions(folder) { SearchInstalled = installed }, progress: Console.WriteLine);
        if (url is not null)
            postgres.SetOwnerUrl(url);
        await Console.Out.WriteLineAsync($"running {postgres.ProcessId}");
        // Until the test closes our input.
        await Console.In.ReadToEndAsync();
        return 0;
    }
    catch (PrivatePostgresException e)
    {
        await Console.Out.WriteLineAsync($"refused {e.Message}");
        return 1;
    }
}
