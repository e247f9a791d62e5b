#pragma warning disable CS1591 // Each word is explained by contract and domain rule, and says itself what it means.
namespace ProcessDeployment.Contracts;

/// <summary>Every code a refusal can carry.</summary>
public static class RefusalCodes
{
    public const string UnknownAccount = "unknown-account";
    public const string CommandIdReused = "command-id-reused";
    public const string ReferenceCycle = "reference-cycle";
    public const string ComponentTypeChanged = "component-type-changed";
    public const string ComponentDeleted = "component-deleted";
    public const string UnknownComponent = "unknown-component";
    public const string StillDeployed = "still-deployed";
    public const string AtomExists = "atom-exists";
    public const string UnknownAtom = "unknown-atom";
    public const string AtomInUse = "atom-in-use";
    public const string TokenExists = "token-exists";
    public const string TooManyTokens = "too-many-tokens";
    public const string UnknownToken = "unknown-token";
    public const string UnknownProcess = "unknown-process";
    public const string NotAProcess = "not-a-process";
    public const string LicenceExceeded = "licence-exceeded";
    public const string MissingComponent = "missing-component";
    public const string ExpectedRevision = "expected-revision";
    public const string ExpectedVersion = "expected-version";
    public const string NothingChanged = "nothing-changed";
    public const string NoSuchVersion = "no-such-version";
    public const string NotAttached = "not-attached";
    public const string NotDeployed = "not-deployed";
    public const string UnknownExtension = "unknown-extension";
    public const string DigestMismatch = "digest-mismatch";
    public const string BundledOnly = "bundled-only";
    public const string AtomOffline = "atom-offline";
    public const string ListenerProcess = "listener-process";
    public const string NeverDue = "never-due";
    public const string UnknownExecution = "unknown-execution";
    public const string ExecutionEnded = "execution-ended";
    public const string UnknownWebhook = "unknown-webhook";
    public const string TooManyWebhooks = "too-many-webhooks";
    public const string UnknownEventType = "unknown-event-type";
    public const string SecretRequired = "secret-required";
    public const string EnvironmentsDisabled = "environments-disabled";
    public const string EnvironmentExists = "environment-exists";
    public const string UnknownEnvironment = "unknown-environment";
    public const string EnvironmentInUse = "environment-in-use";
    public const string EnvironmentsInUse = "environments-in-use";
    public const string EnvironmentsEnabled = "environments-enabled";
    public const string NotAllowed = "not-allowed";
    public const string UnknownProducer = "unknown-producer";
    public const string TypeNotAllowed = "type-not-allowed";
    public const string SignatureRequired = "signature-required";
    public const string ReasonRequired = "reason-required";
    public const string ReviserDeploys = "reviser-deploys";
    public const string NotTested = "not-tested";
    public const string Frozen = "frozen";
    public const string UnknownRole = "unknown-role";
    public const string RoleInUse = "role-in-use";
    public const string BuiltInRole = "built-in-role";
    public const string UnknownMember = "unknown-member";
    public const string NoAdministrator = "no-administrator";
    public const string KeyExists = "key-exists";
    public const string TooManyKeys = "too-many-keys";
    public const string UnknownKey = "unknown-key";
    public const string UnknownFreeze = "unknown-freeze";
    public const string TooMany = "too-many";
    public const string ClassificationChanged = "classification-changed";
}
