using ProcessDeployment.Engine.RabbitMq;

namespace ProcessDeployment.ChannelTests;

public sealed class Acknowledging_deliveries
{
    private readonly Acknowledgements _acknowledgements = new();

    [Fact]
    public void covers_what_is_finished_without_a_gap()
    {
        Finish(2, 3, 5);
        _acknowledgements.Next().ShouldBeEmpty();

        Finish(1);

        _acknowledgements.Next().ShouldBe([new(3, WithAllBefore: true)]);
    }

    [Fact]
    public void goes_on_one_by_one_beyond_a_delivery_that_is_held()
    {
        _acknowledgements.TryHold(2, most: 1).ShouldBeTrue();
        Finish(1, 3, 5);

        _acknowledgements.Next().ShouldBe([new(1, WithAllBefore: true), new(3, WithAllBefore: false), new(5, WithAllBefore: false)]);
        _acknowledgements.Next().ShouldBeEmpty();
    }

    [Fact]
    public void covers_again_when_the_held_one_is_finished_and_names_none_twice()
    {
        _acknowledgements.TryHold(2, most: 1);
        Finish(1, 3);
        _acknowledgements.Next();

        Finish(2);
        _acknowledgements.Next().ShouldBe([new(2, WithAllBefore: true)]);

        Finish(4);
        _acknowledgements.Next().ShouldBe([new(4, WithAllBefore: true)]);
    }

    [Fact]
    public void holds_no_more_than_it_may()
    {
        _acknowledgements.TryHold(1, most: 1).ShouldBeTrue();
        _acknowledgements.TryHold(2, most: 1).ShouldBeFalse();
    }

    private void Finish(params ulong[] tags)
    {
        foreach (var tag in tags) _acknowledgements.Finish(tag);
    }
}
