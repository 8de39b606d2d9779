using RbpfSpec.Dashboard.Web;

namespace RbpfSpec.Dashboard.Tests.Web;

/// <summary>Where the shared framework is.</summary>
public sealed class AspNetCoreTests : Scratch
{
    [Theory]
    [InlineData("10.0.3", "10.0.3", "10.0.3 10.0.12 10.1.0 11.0.0")]
    [InlineData("10.0.3", "10.0.12", "9.0.3 10.0.2 10.0.12 10.1.0 11.0.0 newest")]
    [InlineData("10.0.3", null, "9.0.3 10.1.0 11.0.0 newest")]
    [InlineData("10.0.3", null, "")]
    public void It_is_that_of_the_runtime_or_the_latest_of_its_release(string runtime, string? expected, string installed)
    {
        foreach (var version in installed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Directory.CreateDirectory(At($"shared/Microsoft.AspNetCore.App/{version}"));

        var found = AspNetCore.FolderFor(At($"shared/Microsoft.NETCore.App/{runtime}"), Version.Parse(runtime));

        Path.GetFileName(found).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void A_runtime_that_lies_elsewhere_has_none(string runtime) => AspNetCore.FolderFor(runtime, new(10, 0, 3)).ShouldBeNull();

    [Fact]
    public void Here_it_is_there_and_this_process_does_not_list_it()
    {
        AspNetCore.TryLoad(out var problem).ShouldBeTrue(problem);
        problem.ShouldBeEmpty();

        var listed = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        listed.ShouldNotContain("Microsoft.AspNetCore");
    }
}
