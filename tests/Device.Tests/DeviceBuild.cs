namespace RbpfSpec.Device.Tests;

/// <summary>What <c>device/Makefile</c> makes, in a folder that lives as long as a class of tests.</summary>
public sealed class DeviceBuild : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-device-");

    /// <summary>Makes a target; the file of that name in the folder, or what it printed of one that is no file.</summary>
    /// <param name="target">The target, without the folder.</param>
    /// <param name="options">Choices of <c>device/rbpf_config.h</c>, such as <c>-DRBPF_LARGE_SHIFT_TRAPS=1</c>.</param>
    public string Make(string target, string options = "")
    {
        var (exitCode, output) = External.Run(
            "make", "-s", "-C", Path.Combine(Repository.Root, "device"),
            target.Replace("{build}", folder.FullName, StringComparison.Ordinal),
            $"BUILD={folder.FullName}", $"OPTIONS={options}");
        exitCode.ShouldBe(0, output);
        return output;
    }

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string file) => Path.Combine(folder.FullName, file);

    /// <summary>The command of a shell that makes a target, of what is in the folder.</summary>
    public string Command(string target) => $"make -s -C '{Path.Combine(Repository.Root, "device")}' {target} 'BUILD={folder.FullName}'";

    /// <summary>The answers of a machine behind the batch protocol to some requests.</summary>
    /// <param name="machine">Its command, for a shell.</param>
    /// <param name="requests">The requests, a line each.</param>
    public string[] Answers(string machine, IEnumerable<string> requests)
    {
        var (asked, told) = (PathOf("requests"), PathOf("answers"));
        File.WriteAllLines(asked, requests);
        var (exitCode, output) = External.Run("sh", "-c", $"{machine} <'{asked}' >'{told}'");
        exitCode.ShouldBe(0, output);
        return File.ReadAllLines(told);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
