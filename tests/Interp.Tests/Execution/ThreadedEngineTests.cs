using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Tests.Execution;

/// <summary>Whether handlers jump is found out, not assumed.</summary>
public sealed class ThreadedEngineTests
{
    [Fact]
    public void The_threaded_engine_works_where_the_build_optimises()
    {
        var optimises = typeof(ThreadedEngine).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled is not true;
        var isKnown = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

        if (isKnown) ThreadedEngine.IsAvailable.ShouldBe(optimises);
    }
}
