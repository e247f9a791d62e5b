using System.Text.Json;
using System.Text.Json.Serialization;
using ProcessDeployment.Domain.Atoms;
using ProcessDeployment.Domain.Attachments;
using ProcessDeployment.Domain.Components;
using ProcessDeployment.Domain.Environments;
using ProcessDeployment.Domain.Executions;
using ProcessDeployment.Domain.Processes;
using ProcessDeployment.Domain.Webhooks;

namespace ProcessDeployment.Engine.Storage;

/// <summary>How current state is written for the next decision. It never leaves the engine and is rebuilt from events when its form changes.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Component))]
[JsonSerializable(typeof(Atom))]
[JsonSerializable(typeof(Attachment))]
[JsonSerializable(typeof(Execution))]
[JsonSerializable(typeof(DeploymentEnvironment))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(IReadOnlyList<ManifestEntry>), TypeInfoPropertyName = "Manifest")]
internal sealed partial class StateJson : JsonSerializerContext;
