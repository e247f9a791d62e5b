using System.Security.Cryptography;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Registering_producers : Acting
{
    private const string Save = "processdeployment.save-component.v1", Deployment = "processdeployment.deploy-process.v1";

    private static readonly RegisterProducer Designer = new() { ProducerId = Producer, Name = "Designer", Login = "designer" };

    [Fact]
    public void says_how_it_comes_in_and_what_it_may_send()
    {
        When(Designer with { CommandTypes = [Save, Deployment, Save] });
        Then(new ProducerRegistered { ProducerId = Producer, Name = "Designer", Login = "designer", CommandTypes = [Deployment, Save] });
        When(Designer with { CommandTypes = [Deployment, Save] });
        Then();
        When(Designer);
        Then(new ProducerRegistered { ProducerId = Producer, Name = "Designer", Login = "designer" });
        When(Designer with { Login = "designer2" });
        Then(new ProducerRegistered { ProducerId = Producer, Name = "Designer", Login = "designer2" });
    }

    [Fact]
    public void ends_when_it_is_removed()
    {
        When(new RemoveProducer { ProducerId = Producer });
        Refused(RefusalCodes.UnknownProducer);
        Given(Designer);
        When(new RemoveProducer { ProducerId = Producer });
        Then(new ProducerRemoved { ProducerId = Producer, Name = "Designer" });
    }

    [Fact]
    public void beyond_the_most_of_an_account_is_refused()
    {
        for (var i = 0; i < Limits.Roles; i++) Given(Designer with { ProducerId = Id(10_000 + i) });
        When(Designer);
        Refused(RefusalCodes.TooMany);
    }

    [Fact]
    public void with_neither_login_nor_key_or_with_a_bad_key_is_malformed()
    {
        (Designer with { Login = null }).Check().ShouldHaveSingleItem().Member.ShouldBe("login");
        (Designer with { Login = " " }).Check().ShouldHaveSingleItem().Member.ShouldBe("login");
        (Designer with { PublicKey = "bm90IGEga2V5" }).Check().ShouldHaveSingleItem().Member.ShouldBe("publicKey");
        using var weak = RSA.Create(1024);
        (Designer with { PublicKey = Convert.ToBase64String(weak.ExportSubjectPublicKeyInfo()) }).Check().ShouldHaveSingleItem().Member.ShouldBe("publicKey");
        using var good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (Designer with { Login = null, PublicKey = Convert.ToBase64String(good.ExportSubjectPublicKeyInfo()) }).Check().ShouldBeEmpty();
    }

    /// <summary>Such a key was no error of the input once but one of the engine.</summary>
    [Fact]
    public void with_a_key_on_a_curve_that_nobody_knows_is_malformed()
    {
        using var good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = good.ExportSubjectPublicKeyInfo();
        key[19] ^= 1;
        (Designer with { PublicKey = Convert.ToBase64String(key) }).Check().ShouldHaveSingleItem().Member.ShouldBe("publicKey");
    }

    [Fact]
    public void for_no_types_or_for_what_is_no_command_is_malformed()
    {
        (Designer with { CommandTypes = [] }).Check().ShouldHaveSingleItem().Member.ShouldBe("commandTypes");
        (Designer with { CommandTypes = [Save, "com.example.save"] }).Check().ShouldHaveSingleItem().Member.ShouldBe("commandTypes[1]");
    }
}
