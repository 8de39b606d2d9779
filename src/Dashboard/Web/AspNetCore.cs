using System.Runtime.Loader;

namespace RbpfSpec.Dashboard.Web;

/// <summary>The shared framework that has Kestrel, loaded when it is used.</summary>
/// <remarks>
/// A program that lists a shared framework in its <c>runtimeconfig.json</c> does not start at all where that is missing, and starts more
/// slowly where it is not. So nothing lists this one: it is looked for beside the runtime that runs, where both are installed.
/// </remarks>
internal static class AspNetCore
{
    private const string Name = "Microsoft.AspNetCore.App";

    private static readonly Lock Guard = new();

    private static bool isLoaded;

    /// <summary>Makes its assemblies known to the process; false if it is not there.</summary>
    /// <param name="problem">What is missing, and what to do; empty if nothing is.</param>
    public static bool TryLoad(out string problem)
    {
        problem = "";
        lock (Guard)
        {
            if (isLoaded) return true;
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
            if (FolderFor(runtime, Environment.Version) is not { } folder)
            {
                var version = Environment.Version.ToString(2);
                problem = $"the dashboard needs ASP.NET Core {version}, which is not installed beside the .NET runtime; "
                    + $"Debian: apt-get install aspnetcore-runtime-{version}, elsewhere https://dotnet.microsoft.com/download";
                return false;
            }

            AssemblyLoadContext.Default.Resolving += (context, name) =>
                Path.Combine(folder, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
            return isLoaded = true;
        }
    }

    /// <summary>
    /// The folder of the framework that is of a runtime: of its version or, without one, the latest of its major and minor number.
    /// </summary>
    /// <param name="runtime">The folder of the runtime, as in <c>/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.1</c>.</param>
    /// <param name="version">Its version.</param>
    /// <returns>Null if there is none.</returns>
    internal static string? FolderFor(string runtime, Version version)
    {
        if (runtime == "" || Path.GetDirectoryName(Path.GetDirectoryName(runtime)) is not { } shared) return null;
        var all = Path.Combine(shared, Name);
        if (!Directory.Exists(all)) return null;
        return (from folder in Directory.EnumerateDirectories(all)
                let other = Version.TryParse(Path.GetFileName(folder), out var parsed) ? parsed : null
                where other is not null && other.Major == version.Major && other.Minor == version.Minor
                orderby other == version descending, other descending
                select folder).FirstOrDefault();
    }
}
