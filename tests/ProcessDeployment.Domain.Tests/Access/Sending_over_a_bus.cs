using System.Security.Cryptography;
using ProcessDeployment.Domain.Access;

namespace ProcessDeployment.Domain.Tests.Access;

public sealed class Sending_over_a_bus : Acting
{
    private static readonly Guid Signing = Id(67);

    private static readonly RegisterProducer Designer = new() { ProducerId = Producer, Name = "Designer", Login = "designer" };

    private static RegisterProducer Signer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new() { ProducerId = Signing, Name = "Planner", PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) };
    }

    private void Sent(string? login, Guid? signer = null) => By(Authority.OfActor with { Sender = new(login, signer) });

    [Fact]
    public void is_open_to_anybody_while_no_producer_is_registered()
    {
        Sent("guest");
        When(Process(P));
        Judged();
        Sent(null);
        When(Process(P));
        Judged();
        Sent(null, Nobody);
        When(Process(P));
        Judged();
    }

    [Fact]
    public void is_open_to_producers_only_from_the_first_one_on()
    {
        Given(Designer);
        Sent("designer");
        When(Process(P));
        Judged();
        Sent("guest");
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer).Message.ShouldStartWith("guest is no producer");
        Sent("Designer");
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
        Sent(null);
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer).Message.ShouldStartWith("Whoever sent this");
    }

    [Fact]
    public void with_a_login_of_several_producers_may_be_what_any_of_them_may_send()
    {
        Given(Designer with { CommandTypes = ["processdeployment.save-component.v1"] }, Designer with { ProducerId = Signing, CommandTypes = ["processdeployment.deploy-process.v1"] });
        Sent("designer");
        When(Process(P));
        Judged();
        When(Deploy(P));
        Judged();
        When(Purchase(1));
        Denied(RefusalCodes.TypeNotAllowed);
    }

    [Fact]
    public void without_a_login_is_no_producer_that_signs()
    {
        Given(Signer());
        Sent(null);
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
    }

    [Fact]
    public void with_a_signature_counts_for_who_signed_and_not_for_who_put_it_there()
    {
        Given(Designer, Signer() with { CommandTypes = ["processdeployment.deploy-process.v1"] });
        Sent("guest", Signing);
        When(Deploy(P));
        Judged();
        Sent("designer", Signing);
        When(Process(P));
        Denied(RefusalCodes.TypeNotAllowed).Message.ShouldStartWith("Planner may not send processdeployment.save-component.v1");
        Sent("designer", Nobody);
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
    }

    [Fact]
    public void of_a_type_that_the_producer_may_not_send_is_denied_in_each_form()
    {
        Given(Designer with { CommandTypes = ["processdeployment.save-component.v1"] });
        Sent("designer");
        When(Process(P));
        Judged();
        When(Process(P).OneAtATime());
        Denied(RefusalCodes.TypeNotAllowed);
        When(Member(Kim, "administrator"));
        Denied(RefusalCodes.TypeNotAllowed);
    }

    [Fact]
    public void is_asked_for_roles_as_well()
    {
        Given(Designer, Member(Kim, "administrator"), Member(Lee, "viewer"));
        Sent("designer");
        When(Process(P) with { Actor = Kim });
        Judged();
        When(Process(P) with { Actor = Lee });
        Denied(RefusalCodes.NotAllowed);
        When(Process(P));
        Denied(RefusalCodes.NotAllowed);
    }

    [Fact]
    public void unsigned_is_denied_where_only_signed_commands_come_in()
    {
        Given(Designer, Signer(), new SetChangeRules { SignedOnly = true });
        Sent("designer");
        When(Process(P));
        Denied(RefusalCodes.SignatureRequired).Message.ShouldEndWith("designer did not.");
        Sent(null);
        When(Process(P));
        Denied(RefusalCodes.SignatureRequired);
        Sent(null, Signing);
        When(Process(P));
        Judged();
    }

    [Fact]
    public void is_let_through_elsewhere_than_on_a_bus_though_only_signed_commands_come_in()
    {
        Given(Signer(), new SetChangeRules { SignedOnly = true });
        By(Authority.OfActor);
        When(Process(P));
        Judged();
    }

    [Fact]
    public void signed_by_a_producer_that_was_removed_is_denied_though_it_was_the_last()
    {
        Given(Signer(), new SetChangeRules { SignedOnly = true }, new RemoveProducer { ProducerId = Signing });
        Sent(null, Signing);
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
    }

    [Fact]
    public void signed_by_a_producer_that_signs_no_more_is_denied()
    {
        Given(Signer(), Signer() with { PublicKey = null, Login = "planner" });
        Sent("planner", Signing);
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
        Sent("planner");
        When(Process(P));
        Judged();
    }

    [Fact]
    public void is_asked_who_sent_it_though_it_is_the_operators()
    {
        Given(Designer);
        By(Authority.Operator with { Sender = new("guest", null) });
        When(Process(P));
        Denied(RefusalCodes.UnknownProducer);
        By(Authority.Operator);
        When(Process(P));
        Judged();
    }
}
