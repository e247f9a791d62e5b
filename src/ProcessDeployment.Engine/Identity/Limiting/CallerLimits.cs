using System.Threading.RateLimiting;
using ProcessDeployment.Engine.Http;
using ProcessDeployment.Engine.Identity.Settings;

namespace ProcessDeployment.Engine.Identity.Limiting;

/// <summary>How often one caller may come, in each account, once it is known who it is: so that nobody pays for another. Commands and questions count apart.</summary>
internal static class CallerLimits
{
    private const string Preview = $"{HttpServices.Root}/preview";

    public static void AddCallerLimits(this IServiceCollection services, RequestLimits limits) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string AccountId, string Actor, bool Commands)>(context =>
        {
            if (!ApiPaths.IsApi(context.Request.Path)) return RateLimitPartition.GetNoLimiter(("", "", false));
            var (caller, commands) = (context.RequestServices.GetRequiredService<ICallers>().Of(context), IsCommand(context.Request));
            return (commands ? limits.CommandsPerSecond : limits.QuestionsPerSecond) is { } rate
                ? RateLimitPartition.GetTokenBucketLimiter((caller.AccountId, caller.Actor, commands), _ => Of(rate))
                : RateLimitPartition.GetNoLimiter(("", "", commands));
        });
        limiter.OnRejected = async (rejected, _) =>
        {
            var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
            await Problem.TooMany("You send more in a second than one caller may.", "too-many-requests", seconds).ExecuteAsync(rejected.HttpContext);
        };
    });

    public static bool AreOn(RequestLimits limits) => limits.CommandsPerSecond is not null || limits.QuestionsPerSecond is not null;

    private static TokenBucketRateLimiterOptions Of(int rate) => new()
    {
        TokenLimit = rate * 2,
        TokensPerPeriod = rate,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    private static bool IsCommand(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments(Preview, StringComparison.OrdinalIgnoreCase) && !ApiPaths.IsPlatformQuestion(request.Path);
}
