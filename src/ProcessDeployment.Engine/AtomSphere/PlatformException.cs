using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.AtomSphere.Wire;
using ProcessDeployment.Engine.Http;

namespace ProcessDeployment.Engine.AtomSphere;

/// <summary>Why a request of the platform API cannot be done; the caller is told.</summary>
internal sealed class PlatformException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>So many mistakes are told at once: a body may be nothing else.</summary>
    public const int MostErrors = 20;

    private const int MostMember = 200;

    public Problem Problem => problem;

    public static PlatformException Malformed(string member, string rule) => new(Problem.Malformed(member, rule));

    public static PlatformException NotFound(string detail) => new(Problem.NotFound(detail));

    public static PlatformException Gone(string detail) => new(new("Gone", 410, detail, "gone"));

    public static void ThrowIf(List<MemberError> errors)
    {
        if (errors.Count > 0) throw new PlatformException(Problem.Malformed([.. errors.Take(MostErrors).Select(error => error with { Member = WireValue.Short(error.Member, MostMember) })]));
    }
}
