using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Running;

/// <summary>Runs of machines that take one step at a time.</summary>
public static class Runs
{
    /// <summary>The outcome after a number of steps, or where it ends before.</summary>
    /// <param name="step">What a step does.</param>
    /// <param name="state">The state to begin in.</param>
    /// <param name="most">How many steps are enough, at least one.</param>
    /// <returns>The outcome, and how many steps were taken.</returns>
    public static (Outcome<Word> Outcome, long Steps) Limited(Func<State<Word>, Outcome<Word>> step, State<Word> state, long most)
    {
        var outcome = step(state);
        var steps = 1L;
        for (; outcome is Outcome<Word>.Next && steps < most; steps++) outcome = step(outcome.State);
        return (outcome, steps);
    }

    /// <summary>The outcome of each step from a state on, the last of them the end.</summary>
    /// <param name="step">What a step does.</param>
    /// <param name="state">The state to begin in.</param>
    public static IEnumerable<Outcome<Word>> Trace(Func<State<Word>, Outcome<Word>> step, State<Word> state)
    {
        var outcome = step(state);
        yield return outcome;
        while (outcome is Outcome<Word>.Next)
        {
            outcome = step(outcome.State);
            yield return outcome;
        }
    }
}
