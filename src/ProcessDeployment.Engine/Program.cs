using ProcessDeployment.Engine.Host;

return await EngineProgram.RunAsync(args);
