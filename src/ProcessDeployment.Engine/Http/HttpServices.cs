using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.Bundles;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Ledger.Http;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Preview;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Rebuild;

namespace ProcessDeployment.Engine.Http;

/// <summary>Everything that is asked and told over HTTP.</summary>
internal static class HttpServices
{
    /// <summary>Everything of the API lies below this path.</summary>
    public const string Root = "/api/v1";

    public static void AddHttpApi(this IServiceCollection services)
    {
        services.TryAddSingleton<ICallers, ConfiguredCaller>();
        services.AddSingleton<EngineOperator>();
        services.AddQuestions();
        services.AddExports();
        services.AddPreviews();
        services.AddBundles();
        services.AddAgents();
        services.AddApiDescription();
        services.Configure<JsonOptions>(options => LikeTheWire(options.SerializerOptions));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            // Each endpoint keeps its own, smaller limit; this one is for whoever forgets.
            options.Limits.MaxRequestBodySize = Limits.BatchBytes + 1;
        });
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<LoopbackGuard>();
        app.UseMiddleware<AtomGate>();
        var api = app.MapGroup(Root);
        api.MapCommands();
        api.MapAccounts();
        api.MapQuestions();
        api.MapExports();
        api.MapPreviews();
        api.MapBundles();
        api.MapAgents();
        api.MapRebuilds();
        api.MapHalted();
        api.MapOperationsQuestion();
        api.MapLedger();
        app.MapApiDescription();
    }

    /// <summary>For endpoints that leave writing to the framework, and for the schemas of the API description.</summary>
    private static void LikeTheWire(System.Text.Json.JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = WireJson.Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = WireJson.Options.DefaultIgnoreCondition;
        options.NumberHandling = WireJson.Options.NumberHandling;
        options.RespectNullableAnnotations = WireJson.Options.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = WireJson.Options.RespectRequiredConstructorParameters;
        options.Encoder = WireJson.Options.Encoder;
        foreach (var converter in WireJson.Options.Converters) options.Converters.Add(converter);
    }
}
