using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProcessDeployment.Engine.DeadLetters;
using ProcessDeployment.Engine.Host;
using ProcessDeployment.Engine.Ledger.Sealing;
using ProcessDeployment.Engine.Operations.Health;
using ProcessDeployment.Engine.Operations.Settings;
using ProcessDeployment.Engine.Pipeline;

namespace ProcessDeployment.Engine.Operations;

/// <summary>Metrics at /metrics; with OTEL_EXPORTER_OTLP_ENDPOINT metrics and traces go there too. Without it no trace is even begun.</summary>
internal static class Telemetry
{
    public const string Meter = "ProcessDeployment";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddOperations(this WebApplicationBuilder builder, EngineOptions options)
    {
        var services = builder.Services;
        services.AddSingleton<IOperationsLog, OperationsLog>();
        services.AddHostedService<SettingsWatch>();
        services.AddSingleton<Readings>();
        services.AddSingleton<Gauges>();
        services.AddSingleton<IHealthPart, DatabaseHealth>();
        services.AddSingleton<IHealthPart, ProjectionHealth>();
        services.AddSingleton<IHealthPart, IntakeHealth>();
        services.AddSingleton<IHealthPart, LedgerHealth>();
        if (options.RabbitMq is not null)
        {
            services.AddSingleton<IHealthPart, BrokerHealth>();
            services.AddSingleton<IHealthPart, PublishingHealth>();
        }

        var exported = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("process-deployment", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString()))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meter, PipelineSignals.Name, DeadLetterStore.MeterName, SealerStatus.MeterName, "Marten", "Wolverine*", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel");
                metrics.AddView("process_deployment.command.duration", new ExplicitBucketHistogramConfiguration { Boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
                metrics.AddView("process_deployment.batch.size", new ExplicitBucketHistogramConfiguration { Boundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });
                metrics.AddRuntimeInstrumentation().AddPrometheusExporter();
                if (exported) metrics.AddOtlpExporter();
            });
        if (!exported) return;
        services.AddHostedService<ReadingsForExport>();
        telemetry.WithTracing(traces => traces
            .AddAspNetCoreInstrumentation(http => http.Filter = static context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal))
            .AddSource(Tracing.Name, "Marten", "Wolverine", "Npgsql")
            .AddOtlpExporter());
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealth();
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<Gauges>());
        // Read before the scrape, which itself cannot wait for a database, and which must not depend on one: without it the rest tells most.
        app.UseWhen(
            context => context.Request.Path.Equals("/metrics", StringComparison.Ordinal),
            metrics =>
            {
                metrics.Use(static async (context, next) =>
                {
                    await context.RequestServices.GetRequiredService<Readings>().TryTakeAsync(TimeSpan.FromSeconds(1), context.RequestAborted);
                    await next(context);
                });
                metrics.UseOpenTelemetryPrometheusScrapingEndpoint();
            });
    }
}
