namespace RbpfSpec.Symbolic.Solvers;

/// <summary>A session with a solver of SMT-LIB 2 scripts.</summary>
/// <remarks>
/// A session solves any number of scripts, one after the other, and none of them sees what another declared. It serves
/// one thread at a time, except that any thread may interrupt it. Sessions are independent of each other, so several
/// can work on several threads.
/// </remarks>
public interface ISolver : IDisposable
{
    /// <summary>The solver's name, such as <c>libz3</c>.</summary>
    string Name { get; }

    /// <summary>The solver's version, such as <c>4.8.12</c>; <c>unknown</c> if it does not say.</summary>
    string Version { get; }

    /// <summary>Decides a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="limit">How long it may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>The verdict if there is one; what kept the solver from one otherwise. Never an exception.</returns>
    Reply Solve(Script script, TimeSpan limit);

    /// <summary>Makes the script that is being solved undecided, soon; nothing if there is none.</summary>
    /// <remarks>For other threads than the one that solves. The scripts after it are not affected.</remarks>
    void Interrupt();
}
