namespace Dmarc.Reports.Reading;

/// <summary>The budget of rows that all reports together may remember and hold.</summary>
internal sealed class RowMemory(int maximum)
{
    private int _left = maximum;

    /// <summary>Reserves room for one row; false if there is none.</summary>
    public bool TryTake()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }

    /// <summary>Releases room.</summary>
    public void Release(int rows) => _left += rows;
}
