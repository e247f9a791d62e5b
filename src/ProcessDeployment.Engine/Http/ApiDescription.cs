using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Questions.Asking;
using Scalar.AspNetCore;

namespace ProcessDeployment.Engine.Http;

/// <summary>The API in OpenAPI 3.1, with examples to try, and a page to try them.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", openApi =>
    {
        openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        openApi.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "ProcessDeployment",
                Version = "v1",
                Description = "A deployment ledger and control plane for integration Processes: commands in, outcomes and questions out.",
            };
            // Whoever fetched this knows the address, and it is another one behind a proxy.
            document.Servers = [];
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
            {
                if (metadata is TakesParameters taken) Parameters(operation, taken.Names);
                if (metadata is TakesCommands) Commands(operation);
            }

            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference("/scalar", page => page.WithTitle("ProcessDeployment").DisableDefaultFonts());
    }

    private static void Parameters(OpenApiOperation operation, IReadOnlyList<string> names)
    {
        operation.Parameters ??= [];
        foreach (var name in names.Where(name => operation.Parameters.All(known => known.Name != name)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = QueryParameters.Describe(operation.OperationId, name),
                Schema = QueryParameters.SchemaOf(name),
            });
        }
    }

    private static void Commands(OpenApiOperation operation)
    {
        var one = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A CloudEvents 1.0 object. The members of `data` depend on `type`; eventschema/ holds a JSON Schema of each.",
            Required = new HashSet<string>(StringComparer.Ordinal) { "specversion", "id", "source", "type", "data" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["specversion"] = new OpenApiSchema { Const = "1.0" },
                ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", Description = "The command id." },
                ["source"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" },
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. CommandCatalogue.All.Select(type => (JsonNode)type.WireName)] },
                ["time"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                ["data"] = new OpenApiSchema { Type = JsonSchemaType.Object },
            },
        };
        var batch = new OpenApiSchema { Type = JsonSchemaType.Array, Items = one, MaxItems = Contracts.Limits.BatchCommands };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [MediaTypes.CloudEvent] = new() { Schema = one, Examples = CommandExamples.Single },
                [MediaTypes.Batch] = new() { Schema = batch, Examples = CommandExamples.Batch },
                [MediaTypes.Json] = new() { Schema = new OpenApiSchema { OneOf = [one, batch] }, Examples = CommandExamples.Single },
            },
        };
    }
}

/// <summary>Marks the endpoint that takes commands, for its description.</summary>
internal sealed record TakesCommands;
