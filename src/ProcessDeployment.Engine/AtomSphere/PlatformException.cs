using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>Why a request of the platform API cannot be done; the caller is told.</summary>
internal sealed class PlatformException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem => problem;

    public static PlatformException Malformed(string member, string rule) => new(Problem.Malformed(member, rule));

    public static PlatformException NotFound(string detail) => new(Problem.NotFound(detail));

    public static PlatformException Gone(string detail) => new(new("Gone", 410, detail, "gone"));

    public static void ThrowIf(List<MemberError> errors)
    {
        if (errors.Count > 0) throw new PlatformException(Problem.Malformed(errors));
    }
}
