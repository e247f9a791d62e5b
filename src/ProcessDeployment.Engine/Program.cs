using ProcessDeployment.Engine.Host;

await using var app = await EngineHost.BuildAsync(args);
await app.RunAsync();
