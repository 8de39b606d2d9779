using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Host.Containers;

/// <summary>A machine that runs containers without a state of the semantics: what <see cref="ContainerEnd.Of"/> says, faster.</summary>
public interface IContainerMachine : IMachine
{
    /// <summary>Runs the application that the machine is loaded with, from its entry to its end.</summary>
    /// <param name="application">The application.</param>
    /// <param name="handed">What the event hands it.</param>
    /// <param name="host">The helpers granted, and their data.</param>
    ContainerEnd Run(Application application, Handed handed, HostState<Word> host);
}
