using ProcessDeployment.Engine.CommandLine;
using ProcessDeployment.Engine.Host;

return await CommandLineProgram.RunAsync(args, EngineProgram.RunAsync);
