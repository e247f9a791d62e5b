using ProcessDeployment.Engine.Import;

namespace ProcessDeployment.Engine.Tests.Import;

public sealed class Making_ids_from_names
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>The first is the test vector of RFC 9562, A.4; the others are what other implementations give.</summary>
    [Theory]
    [InlineData("www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2")]
    [InlineData("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d")]
    [InlineData("", "4ebd0208-8328-5d69-8c44-ec50939c0967")]
    public void gives_the_ids_of_the_standard(string name, string id) => NameBasedId.Of(Dns, name).ShouldBe(new Guid(id));
}
