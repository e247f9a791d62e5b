namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>Whoever has several accounts looks at one of them at a time.</summary>
internal static class ChooseAccount
{
    public static void Map(IEndpointRouteBuilder door)
    {
        door.MapGet(SignInPaths.Account, AskAsync);
        door.MapPost(SignInPaths.Account, ChooseAsync);
    }

    private static async Task AskAsync(HttpContext context)
    {
        if (await SignInSchemes.OfAsync(context) is not { } user)
        {
            context.Response.Redirect(SignInPaths.SignIn);
            return;
        }

        var back = SignInHtml.Encode(SignInPaths.Local(context.Request.Query["return"]));
        var choices = string.Concat(user.Accounts.Order(StringComparer.Ordinal).Select(account => $"<p><button class=\"pd-plain\" name=\"account\" value=\"{SignInHtml.Encode(account)}\">{SignInHtml.Encode(account)}</button></p>"));
        await SignInHtml.WriteAsync(context, "Choose the account", SignInHtml.Form(context, SignInPaths.Account, $"<input type=\"hidden\" name=\"return\" value=\"{back}\" />{choices}"));
    }

    private static async Task ChooseAsync(HttpContext context)
    {
        if (await SignInHtml.ReadAsync(context) is not { } form) return;
        var user = await SignInSchemes.OfAsync(context);
        if (user is null || !user.Accounts.Contains($"{form["account"]}", StringComparer.Ordinal))
        {
            await SignInHtml.WriteAsync(context, "Not allowed", "<p>This account is not one of yours.</p>", 403);
            return;
        }

        var chosen = $"{form["account"]}";
        await SignInSchemes.EnterAsync(context, user with { Accounts = [chosen, .. user.Accounts.Where(account => account != chosen)] });
        context.Response.Redirect(SignInPaths.Local(form["return"]));
    }
}
