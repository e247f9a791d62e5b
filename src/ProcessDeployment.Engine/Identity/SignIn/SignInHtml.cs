using System.Net;
using Microsoft.AspNetCore.Antiforgery;

namespace ProcessDeployment.Engine.Identity.SignIn;

/// <summary>The few pages that are there before anybody is known: plain forms, without any script.</summary>
internal static class SignInHtml
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="context">The request.</param>
    /// <param name="title">What the page is for.</param>
    /// <param name="body">Its content, in which whatever comes from outside is encoded.</param>
    /// <param name="status">How it went.</param>
    public static Task WriteAsync(HttpContext context, string title, string body, int status = 200)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{Encode(title)} – ProcessDeployment</title>
                <link rel="icon" href="/_content/ProcessDeployment.Web/icon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/_content/ProcessDeployment.Web/pages.css" />
            </head>
            <body class="pd-door">
            <main>
            <h1>{Encode(title)}</h1>
            {body}
            </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }

    /// <summary>A form that only this page can have sent.</summary>
    public static string Form(HttpContext context, string action, string fields)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return $"""<form method="post" action="{Encode(action)}"><input type="hidden" name="{Encode(tokens.FormFieldName)}" value="{Encode(tokens.RequestToken!)}" />{fields}</form>""";
    }

    /// <summary>What was sent, where the form was ours; null where it was not or cannot be read, which is answered.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        // Read first: asked whose it is, a form that cannot be read throws what looks like a defect of ours.
        if (await FormAsync(context.Request) is { } form && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)) return form;
        await WriteAsync(context, "Please try again", $"""<p>This form was too old, or did not come from here.</p><p><a href="{SignInPaths.SignIn}">Sign in</a></p>""", 400);
        return null;
    }

    /// <summary>Null for what is no form: one that is cut off, holds characters that no form holds, or more fields than anybody fills in. One that is too large is answered as everywhere.</summary>
    private static async Task<IFormCollection?> FormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return null;
        }
    }

    public static string Encode(string text) => WebUtility.HtmlEncode(text);
}
