using ProcessDeployment.Engine.Questions.Asking;

namespace ProcessDeployment.Engine.Tests.Questions;

public sealed class Stepping_aside_for_questions : IDisposable
{
    private readonly QuestionsFirst _questions = new();

    public void Dispose() => _questions.Dispose();

    [Fact]
    public void goes_on_at_once_where_nobody_asks() => _questions.Begun().StepAside().ShouldBeTrue();

    [Fact]
    public void does_not_wait_for_ever()
    {
        using var question = _questions.Asked();

        _questions.Begun().StepAside().ShouldBeFalse();
    }

    /// <summary>Defect: a question that came while the one before was being answered could have its own waiting taken away.</summary>
    [Fact]
    public void still_happens_while_one_of_two_questions_waits()
    {
        var (first, second) = (_questions.Asked(), _questions.Asked());

        first.Dispose();
        _questions.Begun().StepAside().ShouldBeFalse();

        second.Dispose();
        _questions.Begun().StepAside().ShouldBeTrue();
    }

    [Fact]
    public async Task is_told_rightly_after_many_have_asked_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var question = 0; question < 2_000; question++) _questions.Asked().Dispose();
        })));
        _questions.Begun().StepAside().ShouldBeTrue();

        using var another = _questions.Asked();
        _questions.Begun().StepAside().ShouldBeFalse();
    }
}
