using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Engine.Tests.Questions;

/// <summary>A shop whose Orders declare an address and a password, attached to both Atoms.</summary>
internal static class ExtendedShop
{
    public static readonly ExtensionDeclaration Url = new("url", "Address of the shop", Secret: false);
    public static readonly ExtensionDeclaration Password = new("password", "Password of the shop", Secret: true);

    public static async Task<Shop> OpenAsync(EngineFixture engine)
    {
        var shop = await Shop.OpenAsync(engine);
        await shop.DoAsync(shop.SaveDeclaring(Url, Password), Shop.Attach(shop.Orders, shop.Production, shop.Backup), Shop.Deploy(shop.Orders));
        return shop;
    }

    public static SaveComponent SaveDeclaring(this Shop shop, params ExtensionDeclaration[] declared) => shop.SaveOrders() with { Extensions = declared };

    public static SetExtensions Set(this Shop shop, params (string Key, string Value)[] values) => new()
    {
        ProcessId = shop.Orders,
        AtomId = shop.Production,
        Values = [.. values.Select(value => new ExtensionSetting(value.Key, value.Value))],
        Partial = true,
    };
}
