using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Json;
using ProcessDeployment.Engine.Accounts;
using ProcessDeployment.Engine.Homes;

namespace ProcessDeployment.Engine.Http;

/// <summary>The accounts there are, for the command line. An operator's matter.</summary>
internal static class AccountsEndpoint
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var list = EngineOperator.Only(api.MapGroup("/accounts").WithTags("Accounts"), "The list of accounts is");
        list.MapGet("", async (AccountList accounts, CancellationToken cancellation) => new AccountNames([.. (await accounts.AllAsync(cancellation)).Select(name => new AccountName(name))]))
            .WithName("list-accounts").WithSummary("List the accounts")
            .Produces<AccountNames>();

        list.MapPost("", AddAsync)
            .WithName("add-account").WithSummary("Make an account")
            .WithDescription("201 when it was made, 200 when it was there already.")
            .Accepts<AccountName>(MediaTypes.Json)
            .Produces<AccountName>(201).Produces<AccountName>()
            .Produces<Problem>(400, Problem.ContentType).Produces<Problem>(409, Problem.ContentType).Produces<Problem>(415, Problem.ContentType);
    }

    private static async Task<IResult> AddAsync(HttpRequest request, AccountList accounts, HomeOptions homes, CancellationToken cancellation)
    {
        if (MediaTypes.Of(request) is not BodyKind.Either) return MediaTypes.NotJson;
        AccountName? account;
        try
        {
            account = await MediaTypes.ReadAsync<AccountName>(request, cancellation);
        }
        catch (System.Text.Json.JsonException e)
        {
            return Problem.Malformed(e.Path?.TrimStart('$', '.') is { Length: > 0 } member ? member : "body", "must be {\"accountId\": \"…\"}");
        }

        if (account is null || !AccountIds.IsWellFormed(account.AccountId)) return Problem.Malformed("accountId", AccountIds.Rule);
        if (homes.OtherOf(account.AccountId) is { } home) return new Problem("Somewhere else", 409, $"The account {account.AccountId} is in the home {home.Name}: {home.Url}", "account-elsewhere");
        var made = await accounts.AddAsync(account.AccountId, cancellation);
        return Results.Json(account, WireJson.Options, statusCode: made ? 201 : 200);
    }

    internal sealed record AccountName(string AccountId);

    internal sealed record AccountNames(IReadOnlyList<AccountName> Items);
}
