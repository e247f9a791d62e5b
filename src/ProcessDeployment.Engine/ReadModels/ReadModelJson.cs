using System.Text.Json;
using System.Text.Json.Serialization;
using ProcessDeployment.Contracts;
using ProcessDeployment.Domain.Processes;

namespace ProcessDeployment.Engine.ReadModels;

/// <summary>Lists kept as JSON in read models: the same form as in events and answers, generated since a rebuild writes millions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ComponentReference>), TypeInfoPropertyName = "References")]
[JsonSerializable(typeof(IReadOnlyList<ExtensionDeclaration>), TypeInfoPropertyName = "Extensions")]
[JsonSerializable(typeof(IReadOnlyList<string>), TypeInfoPropertyName = "Texts")]
[JsonSerializable(typeof(IReadOnlyList<ManifestEntry>), TypeInfoPropertyName = "Manifest")]
[JsonSerializable(typeof(IReadOnlyList<DeploymentTarget>), TypeInfoPropertyName = "Targets")]
[JsonSerializable(typeof(IReadOnlyList<ExecutionProperty>), TypeInfoPropertyName = "Properties")]
[JsonSerializable(typeof(IReadOnlyList<Schedule>), TypeInfoPropertyName = "Schedules")]
[JsonSerializable(typeof(RetrySchedule))]
[JsonSerializable(typeof(LicenceAudit))]
[JsonSerializable(typeof(Dictionary<string, long?>), TypeInfoPropertyName = "Kept")]
internal sealed partial class ReadModelJson : JsonSerializerContext;
