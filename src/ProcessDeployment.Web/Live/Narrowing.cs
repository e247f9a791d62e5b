using Microsoft.JSInterop;

namespace ProcessDeployment.Web.Live;

/// <summary>Narrows what a list shows, by its address.</summary>
internal static class Narrowing
{
    /// <summary>
    /// Only the query of an address, of whatever the browser is at by then: somebody may have chosen a row meanwhile. In place
    /// of the address before, since nobody wants to go back letter by letter.
    /// </summary>
    public static ValueTask NarrowAsync(this IJSRuntime script, string address) => script.InvokeVoidAsync("pd.narrow", address);
}
