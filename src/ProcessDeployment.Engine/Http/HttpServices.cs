using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Access;
using ProcessDeployment.Engine.Agents;
using ProcessDeployment.Engine.AtomSphere;
using ProcessDeployment.Engine.Bundles;
using ProcessDeployment.Engine.Export;
using ProcessDeployment.Engine.Halting;
using ProcessDeployment.Engine.Homes.Moving;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Identity;
using ProcessDeployment.Engine.Ledger.Http;
using ProcessDeployment.Engine.Operations;
using ProcessDeployment.Engine.Preview;
using ProcessDeployment.Engine.Questions;
using ProcessDeployment.Engine.Rebuild;
using ProcessDeployment.Engine.Secrets;

namespace ProcessDeployment.Engine.Http;

/// <summary>Everything that is asked and told over HTTP.</summary>
internal static class HttpServices
{
    /// <summary>Everything of the API lies below this path.</summary>
    public const string Root = "/api/v1";

    public static void AddHttpApi(this IServiceCollection services, EngineOptions options)
    {
        services.AddIdentity(options);
        services.TryAddSingleton<ICallers, ConfiguredCaller>();
        services.AddSingleton<EngineOperator>();
        services.AddQuestions();
        services.AddExports();
        services.AddPreviews();
        services.AddBundles();
        services.AddAgents();
        services.AddAccess();
        services.AddApiDescription();
        services.AddPlatformApi(options.AtomSphere);
        services.Configure<JsonOptions>(json => LikeTheWire(json.SerializerOptions));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each endpoint keeps its own, smaller limit; this one is for whoever forgets.
            kestrel.Limits.MaxRequestBodySize = Limits.BatchBytes + 1;
        });
    }

    public static void UseHttpApi(this WebApplication app, EngineOptions options)
    {
        app.UseMiddleware<PlatformManner>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseIdentity(options);
        app.UseMiddleware<AccessGate>();
        var api = app.MapGroup(Root);
        api.MapCommands();
        api.MapAccounts();
        api.MapMoving();
        api.MapQuestions();
        api.MapExports();
        api.MapPreviews();
        api.MapBundles();
        api.MapAgents();
        api.MapAccess();
        api.MapOwnAccess();
        api.MapKeys();
        api.MapRebuilds();
        api.MapHalted();
        api.MapOperationsQuestion();
        api.MapLedger();
        api.MapSecrets();
        app.MapApiDescription();
        app.MapPlatformApi();
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
